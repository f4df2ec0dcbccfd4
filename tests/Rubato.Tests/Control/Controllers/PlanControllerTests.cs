using Rubato.Control;
using Rubato.Control.Controllers;
using Rubato.Plans;
using Rubato.Tests.Plans;

namespace Rubato.Tests.Control.Controllers;

public sealed class PlanControllerTests
{
    private static readonly TrainingPlan Plan = new(Examples.Small);

    [Fact]
    public void Decide_AnyProgress_ThePlanAtItsSamples()
    {
        var controller = new PlanController(Plan);
        for (var samples = 0; samples <= 1000; samples += 10)
        {
            Assert.Equal(Plan.At(samples), controller.Decide(new Progress(samples * 7, samples), controller.InitialState));
        }
    }

    [Fact]
    public void Observe_AnyLoss_StateItself()
    {
        var controller = new PlanController(Plan);
        var state = controller.InitialState;

        Assert.Same(state, controller.Observe(new Observation(new Progress(1, 10), Plan.At(0), double.NaN, double.NaN), state));
        Assert.Equal(ControllerState.None, state);
    }
}
