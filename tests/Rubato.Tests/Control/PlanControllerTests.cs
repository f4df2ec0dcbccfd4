using Rubato.Control;
using Rubato.Schedules;

namespace Rubato.Tests.Control;

public sealed class PlanControllerTests
{
    private static readonly TrainingPlan Plan = new(new PlanSettings
    {
        Length = Duration.Samples(1000),
        LearningRate = new Linear(0.5, 0),
        BatchSize = 10,
        Momentum = 0.9,
        WeightDecay = 5e-4,
        Groups = [new GroupSettings("first", LearningRate: 0.25), new GroupSettings("second", WeightDecay: 0)],
    });

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
    public void DecideGroup_HalfOfTheRun_WhatTheGroupSaysAndThePlanForTheRest()
    {
        var controller = new PlanController(Plan);
        var half = new Progress(50, 500);
        Assert.Equal(new HyperParameters(0.25, 10, 0.9, 5e-4), controller.DecideGroup("first", half, controller.InitialState));
        Assert.Equal(new HyperParameters(0.25, 10, 0.9, 0), controller.DecideGroup("second", half, controller.InitialState));
        Assert.Equal(new HyperParameters(0.5, 10, 0.9, 0), controller.DecideGroup("second", default, controller.InitialState));
        Assert.Throws<ArgumentException>("group", () => controller.DecideGroup("third", half, controller.InitialState));
    }

    [Fact]
    public void DecideGroup_ControllerWithoutGroups_WhatItDecides()
    {
        var controller = new Halving();
        Assert.Equal(controller.Decide(new Progress(1, 10), ControllerState.None), controller.DecideGroup("any", new Progress(1, 10), ControllerState.None));
    }

    [Fact]
    public void Observe_AnyLoss_StateItself()
    {
        var controller = new PlanController(Plan);
        var state = controller.InitialState;

        Assert.Same(state, controller.Observe(new Observation(new Progress(1, 10), Plan.At(0), double.NaN), state));
        Assert.Equal(ControllerState.None, state);
    }

    private sealed record Halving : Controller
    {
        public override TrainingPlan Plan => PlanControllerTests.Plan;

        public override ControllerState InitialState => ControllerState.None;

        public override HyperParameters Decide(in Progress progress, ControllerState state) => new(1 / Math.Pow(2, progress.Updates), 10, 0, 0);

        public override ControllerState Observe(in Observation observation, ControllerState state) => state;
    }

    [Fact]
    public void New_PlanWithoutARate_IsRefusedUnlessAControllerFindsIt()
    {
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Batches(100), BatchSize = 1 });

        Assert.Equal(
            "LearningRate is missing, and nothing else decides it; give it, or drive a controller that finds it, such as AutoWarmup.",
            Assert.Throws<InvalidInputException>(() => new Driver(plan)).Message);
        Assert.Throws<InvalidInputException>(() => new AdaptiveBatch(plan));
        Assert.True(new Driver(new AutoWarmup(plan)).TryNext(out _));
        Assert.True(new Driver(new TrainingPlan(plan.Settings with { LearningRate = 1 })).TryNext(out _));
    }
}
