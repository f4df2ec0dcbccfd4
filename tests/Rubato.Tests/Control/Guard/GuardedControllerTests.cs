using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class GuardedControllerTests
{
    private static readonly TrainingPlan Plan = new(new PlanSettings
    {
        Length = Duration.Samples(1000),
        LearningRate = 0.5,
        BatchSize = 10,
        Momentum = 0.9,
        Groups = [new GroupSettings("first", LearningRate: 0.25)],
    });

    private static readonly GuardedController Guarded = new(new PlanController(Plan), new LossGuard(100) { Cut = 0.5, Warmup = 0 });

    [Fact]
    public void Decide_BeforeAnyRollback_WhatTheInnerDecides()
    {
        Assert.Equal(Plan.At(0), Guarded.Decide(default, Guarded.InitialState));
        Assert.Equal(Plan.At(0, "first"), Guarded.DecideGroup("first", default, Guarded.InitialState));
    }

    [Fact]
    public void Decide_AfterTwoRollbacks_EveryRateIsScaledAndNothingElse()
    {
        var state = See(double.NaN, See(double.NaN, Guarded.InitialState));
        Assert.Equal(Plan.At(0) with { LearningRate = 0.125 }, Guarded.Decide(default, state));
        Assert.Equal(Plan.At(0) with { LearningRate = 0.0625 }, Guarded.DecideGroup("first", default, state));
    }

    [Fact]
    public void Decide_AfterARollback_EveryRateRisesAgain()
    {
        var controller = new GuardedController(Guarded.Inner, new LossGuard(80) { Cut = 0.5 });
        var state = controller.Observe(new Observation(default, default, double.NaN, 1), controller.InitialState);
        Assert.Equal(0.5 * 0.5 / 4, controller.Decide(default, state).LearningRate);
        Assert.Equal(0.25 * 0.5 / 4, controller.DecideGroup("first", default, state).LearningRate);
        state = controller.Observe(new Observation(default, default, 1, 1), state);
        Assert.Equal(0.5 * 0.5 / 2, controller.Decide(default, state).LearningRate);
    }

    [Fact]
    public void Observe_UpdateThatWasNotApplied_IsNotSeenByTheInner()
    {
        var controller = new GuardedController(new Counting(), new LossGuard(100));
        var state = controller.InitialState;
        foreach (var loss in (double[])[1, double.NaN, 1, 1])
        {
            state = controller.Observe(new Observation(default, default, loss, 1), state);
        }

        Assert.Equal(new Count(3), Assert.IsType<GuardedState>(state).Inner);
    }

    [Fact]
    public void Observe_Rollback_TheInnerIsTold()
    {
        var controller = new GuardedController(new CountingRollbacks(), new LossGuard(100) { MaxRollbacks = 1 });
        var state = controller.InitialState;
        foreach (var loss in (double[])[1, 1, double.NaN, 1, double.NaN])
        {
            state = controller.Observe(new Observation(default, default, loss, 1), state);
        }

        Assert.Equal(new Count(1), Assert.IsType<GuardedState>(state).Inner);
    }

    [Fact]
    public void Observe_GuardThatIsOff_StateItself()
    {
        var controller = new GuardedController(Guarded.Inner, new LossGuard(100) { MaxRollbacks = 0 });
        var state = controller.InitialState;
        Assert.Same(state, controller.Observe(new Observation(default, default, 1, 1), state));
    }

    [Fact]
    public void Decide_StateOfAnotherController_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Guarded.Decide(default, ControllerState.None));

    private static ControllerState See(double loss, ControllerState state) => Guarded.Observe(new Observation(default, default, loss, 1), state);

    private sealed record Count(int Value) : ControllerState;

    private sealed record Counting : Controller
    {
        public override TrainingPlan Plan => GuardedControllerTests.Plan;

        public override ControllerState InitialState => new Count(0);

        public override HyperParameters Decide(in Progress progress, ControllerState state) => new(1, 1, 0, 0);

        public override ControllerState Observe(in Observation observation, ControllerState state) => new Count(((Count)state).Value + 1);
    }

    private sealed record CountingRollbacks : Controller
    {
        public override TrainingPlan Plan => GuardedControllerTests.Plan;

        public override ControllerState InitialState => new Count(0);

        public override HyperParameters Decide(in Progress progress, ControllerState state) => new(1, 1, 0, 0);

        public override ControllerState Observe(in Observation observation, ControllerState state) => state;

        public override ControllerState RolledBack(in Observation observation, ControllerState state) => new Count(((Count)state).Value + 1);
    }
}
