using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class RehearsingTests
{
    [Fact]
    public void PlanFor_Model_TrainsToTheBestWeight()
    {
        var model = new Model();
        var plan = Rehearsing.PlanFor(model);
        Assert.Equal(10, model.Weight);

        Loops.Plain(new Driver(plan), model);

        Assert.Equal(1, model.Weight, 1e-3);
        Assert.InRange(plan.Samples, 50_000, 63_999);
    }
}
