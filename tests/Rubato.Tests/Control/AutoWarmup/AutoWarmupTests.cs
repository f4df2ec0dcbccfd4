using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class AutoWarmupTests
{
    private static readonly TrainingPlan Plan = WarmupRun.Plan(epochs: 40, updatesPerEpoch: 20);

    public static TheoryData<string> Presets => ["default", "paper"];

    [Fact]
    public void Decide_Warmup_RisesByPowersAndLeavesTheRestToThePlan()
    {
        var controller = new AutoWarmup(Plan);

        Assert.Equal(400, controller.WarmupUpdates);
        foreach (var (updates, rate) in ((long, double)[])[(0, 1e-5), (80, 1e-4), (160, 1e-3), (320, 0.1), (400, 1), (800, 1)])
        {
            var values = controller.Decide(new Progress(updates, 10 * updates), controller.InitialState);
            Assert.Equal(rate, values.LearningRate, rate * 1e-12);
            Assert.Equal(Plan.At(10 * updates), values with { LearningRate = 1 });
        }
    }

    [Fact]
    public void Decide_LinearWarmup_RisesEvenly()
    {
        var controller = new AutoWarmup(Plan, new AutoWarmupSettings { WarmupType = WarmupType.Linear, MinLr = 0.1, MaxLr = 0.5, MaxWarmupFraction = 0.25 });

        Assert.Equal(0.1, controller.Decide(default, controller.InitialState).LearningRate);
        Assert.Equal(0.3, controller.Decide(new Progress(100, 1000), controller.InitialState).LearningRate, 1e-15);
    }

    [Theory]
    [InlineData("default", 0.02)]
    [InlineData("default", 0.1)]
    [InlineData("default", 0.3)]
    [InlineData("paper", 0.02)]
    [InlineData("paper", 0.1)]
    [InlineData("paper", 0.3)]
    public void Observe_LossRisesAboveARate_SwitchesToAboutThatRate(string preset, double noise)
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan, Preset(preset)), WarmupRun.Valley(0.01, noise, 1)).State;

        Assert.Equal(AutoWarmupReason.Minimum, state.Switch!.Reason);
        Assert.InRange(state.Switch.LearningRate, 0.004, 0.025);
        Assert.InRange(state.Switch.Updates, 240, 350);
        Assert.Empty(state.Losses);
    }

    [Theory]
    [InlineData("default", 0.02)]
    [InlineData("default", 0.3)]
    [InlineData("paper", 0.02)]
    [InlineData("paper", 0.3)]
    public void Observe_LossNeverRises_CoolsDownFromTheEndOfTheWarmup(string preset, double noise)
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan, Preset(preset)), WarmupRun.Valley(10, noise, 1)).State;

        Assert.Equal((400, 4000, AutoWarmupReason.EndOfWarmup), (state.Switch!.Updates, state.Switch.Samples, state.Switch.Reason));
        Assert.InRange(state.Switch.LearningRate, 0.5, 1);
    }

    [Fact]
    public void Observe_DefaultOnTwentyNoisyCurves_NoFalseSwitch()
    {
        var controller = new AutoWarmup(Plan);
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.InRange(WarmupRun.Of(controller, WarmupRun.Valley(0.01, 0.3, seed), end: 400).State.Switch!.LearningRate, 0.003, 0.01);
            Assert.Equal(AutoWarmupReason.EndOfWarmup, WarmupRun.Of(controller, WarmupRun.Valley(100, 0.3, seed), end: 400).State.Switch!.Reason);
        }
    }

    [Fact]
    public void Observe_LossRisesAtTheVeryEnd_PaperGoesOnAndDefaultGoesBack()
    {
        var loss = WarmupRun.Valley(0.5, 0.3, 2, rise: 3);
        var paper = WarmupRun.Of(new AutoWarmup(Plan, AutoWarmupSettings.Paper), loss).State.Switch!;
        var own = WarmupRun.Of(new AutoWarmup(Plan), loss).State.Switch!;

        Assert.Equal((AutoWarmupReason.EndOfWarmup, AutoWarmupReason.EndOfWarmup), (paper.Reason, own.Reason));
        Assert.Equal(Math.Pow(10, (5.0 * 399 / 400) - 5), paper.LearningRate, 1e-12);
        Assert.InRange(own.LearningRate, 0.1, 0.9);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Observe_FlatLoss_NoVerdict(string preset)
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan, Preset(preset)), (_, _) => 2.3).State;

        Assert.Equal(AutoWarmupReason.EndOfWarmup, state.Switch!.Reason);
        Assert.Equal(0, state.Verdicts);
    }

    [Fact]
    public void Observe_LossExplodesToHugeNumbers_SwitchesBelowThatRate()
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan), (update, rate) => rate < 0.01 ? WarmupRun.Valley(1, 0.05, 3)(update, rate) : 1e200).State;

        Assert.Equal(AutoWarmupReason.Minimum, state.Switch!.Reason);
        Assert.InRange(state.Switch.LearningRate, 0.002, 0.01);
    }

    [Fact]
    public void Observe_NotANumberHalfway_DefaultSwitchesAtOnceToTheSmoothedMinimum()
    {
        var valley = WarmupRun.Valley(1, 0.05, 3);
        var state = WarmupRun.Of(new AutoWarmup(Plan), (update, rate) => update < 200 ? valley(update, rate) : double.NaN).State;

        Assert.Equal((203, AutoWarmupReason.NonFinite), (state.Switch!.Updates, state.Switch.Reason));
        Assert.InRange(state.Switch.LearningRate, 1e-3, Math.Pow(10, -2.5));
    }

    [Fact]
    public void Observe_NotANumberFromTheStart_DefaultSwitchesToTheFirstRate()
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan), (_, _) => double.PositiveInfinity).State;

        Assert.Equal(new AutoWarmupSwitch(3, 30, 1e-5, AutoWarmupReason.NonFinite), state.Switch);
    }

    [Fact]
    public void Observe_NotANumberNowAndThen_LeftOut()
    {
        var valley = WarmupRun.Valley(0.01, 0.1, 1);
        foreach (var settings in (AutoWarmupSettings[])[AutoWarmupSettings.Default, AutoWarmupSettings.Paper])
        {
            var state = WarmupRun.Of(new AutoWarmup(Plan, settings), (update, rate) => update % 5 < 2 ? double.NaN : valley(update, rate)).State;
            Assert.Equal(AutoWarmupReason.Minimum, state.Switch!.Reason);
            Assert.InRange(state.Switch.LearningRate, 0.004, 0.025);
        }
    }

    [Fact]
    public void Observe_PaperAllNotANumber_GoesOn()
    {
        var state = WarmupRun.Of(new AutoWarmup(Plan, AutoWarmupSettings.Paper), (_, _) => double.NaN).State;

        Assert.Equal((AutoWarmupReason.EndOfWarmup, 0L), (state.Switch!.Reason, state.Tests));
    }

    [Theory]
    [InlineData(20, 3, 60)]
    [InlineData(20, 1, 20)]
    public void Observe_PaperRisesFromTheStart_SwitchesAfterAsManyEpochsAsPatience(int updatesPerEpoch, int patience, long expected)
    {
        var controller = new AutoWarmup(WarmupRun.Plan(40, updatesPerEpoch), AutoWarmupSettings.Paper with { Patience = patience });
        Assert.Equal(expected, WarmupRun.Of(controller, (update, _) => 1 + (0.1 * update)).State.Switch!.Updates);
    }

    [Fact]
    public void Observe_DefaultRisesFromTheStart_SwitchesAfterPatienceTestsFromTheFewestLossesOn()
    {
        // Tests every fourth update, the first at the 20th, five in a row.
        var controller = new AutoWarmup(Plan);
        Assert.Equal(36, WarmupRun.Of(controller, (update, _) => 1 + (0.1 * update)).State.Switch!.Updates);
    }

    [Theory]
    [InlineData("10ba", 40)]
    [InlineData("0.5ep", 40)]
    [InlineData("100sp", 40)]
    [InlineData("0.0125dur", 40)]
    [InlineData("2.5ep", 8)]
    [InlineData("1ba", 381)]
    public void Observe_TestEvery_SoManyTests(string every, long expected)
    {
        var settings = AutoWarmupSettings.Default with { TestEvery = Duration.Parse(every) };
        var state = WarmupRun.Of(new AutoWarmup(Plan, settings), (_, _) => 2).State;

        // The last would come with the update that ends the warm-up; none comes before 20 losses.
        Assert.Equal(expected - (every == "1ba" ? 1 : every == "2.5ep" ? 1 : 2), state.Tests);
    }

    [Theory]
    [InlineData("cosine(1 -> 0)", 1, 0.5)]
    [InlineData("1 then cosine(1 -> 0, 0.2dur)", 1, 1)]
    [InlineData("over(skip(cosine(1 -> 0, 2dur), 1dur))", 0.5, 0.14644660940672627)]
    [InlineData("linear(1 -> 0.5)", 1, 0.75)]
    public void Decide_Cooldown_FactorsOfTheFoundRate(string cooldown, double first, double middle)
    {
        var controller = new AutoWarmup(Plan, AutoWarmupSettings.Default with { Cooldown = Schedule.Parse(cooldown) });
        var state = new AutoWarmupState { Switch = new AutoWarmupSwitch(200, 2000, 0.04, AutoWarmupReason.Minimum) };

        Assert.Equal(0.04 * first, controller.Decide(new Progress(200, 2000), state).LearningRate, 1e-15);
        Assert.Equal(0.04 * middle, controller.Decide(new Progress(500, 5000), state).LearningRate, 1e-15);
        Assert.True(controller.Decide(new Progress(799, 7990), state).LearningRate > 0);
    }

    [Fact]
    public void Decide_ConstantThenCosine_FallsInTheLastFifthOfTheWholeBudget()
    {
        var controller = new AutoWarmup(Plan, AutoWarmupSettings.Default with { Cooldown = WarmupCooldowns.ConstantThenCosine });
        var state = new AutoWarmupState { Switch = new AutoWarmupSwitch(200, 2000, 0.04, AutoWarmupReason.Minimum) };

        Assert.Equal(0.04, controller.Decide(new Progress(640, 6400), state).LearningRate);
        Assert.Equal(0.02, controller.Decide(new Progress(720, 7200), state).LearningRate, 1e-15);
    }

    [Fact]
    public void Cooldowns_Print_AsDocumented()
    {
        Assert.Equal("cosine(1 -> 0)", WarmupCooldowns.Cosine.ToString());
        Assert.Equal("1 then cosine(1 -> 0, 0.2dur)", WarmupCooldowns.ConstantThenCosine.ToString());
        Assert.Equal("over(skip(cosine(1 -> 0, 2dur), 1dur))", WarmupCooldowns.HalfCosine.ToString());
    }

    [Fact]
    public void DecideGroup_Groups_KeepTheirRatios()
    {
        var plan = new TrainingPlan(Plan.Settings with
        {
            LearningRate = 2,
            Groups = [new GroupSettings("head", LearningRate: 0.5), new GroupSettings("bias", WeightDecay: 0)],
        });
        var controller = new AutoWarmup(plan);
        var state = new AutoWarmupState { Switch = new AutoWarmupSwitch(200, 2000, 0.04, AutoWarmupReason.Minimum) };

        Assert.Equal(0.25e-5, controller.DecideGroup(0, default, controller.InitialState).LearningRate, 1e-20);
        Assert.Equal(new HyperParameters(0.01, 10, plan.At(2000).Momentum, 5e-4), controller.DecideGroup(0, new Progress(200, 2000), state));
        Assert.Equal(new HyperParameters(0.04, 10, plan.At(2000).Momentum, 0), controller.DecideGroup(1, new Progress(200, 2000), state));
        Assert.Throws<ArgumentOutOfRangeException>(() => controller.DecideGroup(2, default, state));
        Assert.Throws<ArgumentOutOfRangeException>(() => controller.DecideGroup(-1, default, state));
    }

    [Fact]
    public void Observe_AfterTheSwitch_StateItself()
    {
        var controller = new AutoWarmup(Plan);
        var state = new AutoWarmupState { Switch = new AutoWarmupSwitch(200, 2000, 0.04, AutoWarmupReason.Minimum) };

        Assert.Same(state, controller.Observe(new Observation(new Progress(201, 2010), Plan.At(2000), double.NaN, 0), state));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Observe_SavedAndRestoredAtEveryUpdate_SameRatesAndState(string preset)
    {
        var plan = WarmupRun.Plan(epochs: 12, updatesPerEpoch: 12);
        var valley = WarmupRun.Valley(0.003, 0.1, 4);
        var settings = Preset(preset) with { TestEvery = Duration.Batches(6), MinLosses = 5 };
        double Loss(long update, double rate) => update % 7 == 0 ? double.NaN : valley(update, rate);
        var whole = WarmupRun.Of(new AutoWarmup(plan, settings), Loss);
        Assert.Equal(AutoWarmupReason.Minimum, whole.State.Switch!.Reason);

        ControllerState state = new AutoWarmup(plan, settings).InitialState;
        var applied = new List<HyperParameters>();
        for (var update = 0; update < 144; update++)
        {
            var (next, values) = WarmupRun.Of(new AutoWarmup(plan, settings), Loss, AutoWarmupState.Parse(((AutoWarmupState)state).ToJson()), update, update + 1);
            state = next;
            applied.AddRange(values);
        }

        Assert.Equal(whole.Applied, applied);
        Assert.Equal(whole.State, state);
    }

    [Fact]
    public void Observe_OneStateTwice_IndependentFutures()
    {
        var controller = new AutoWarmup(Plan);
        var start = WarmupRun.Of(controller, WarmupRun.Valley(0.01, 0.1, 1), end: 30).State;
        var first = WarmupRun.Of(controller, WarmupRun.Valley(0.01, 0.1, 1), start, 30, 60).State;
        var second = WarmupRun.Of(controller, (_, _) => 7, start, 30, 60).State;
        var again = WarmupRun.Of(controller, WarmupRun.Valley(0.01, 0.1, 1), start, 30, 60).State;

        Assert.Equal(first, again);
        Assert.Equal(30, start.Losses.Count);
        Assert.All(second.Losses.Skip(30), loss => Assert.Equal(7, loss));
    }

    [Fact]
    public void Constructor_Wrong_AllFindings()
    {
        var settings = new AutoWarmupSettings { MinLr = 1, MaxLr = 0.5, MaxWarmupFraction = 0.001, Cooldown = Schedule.Parse("linear(1 -> -1)") };
        var findings = Assert.Throws<InvalidInputException>(() => new AutoWarmup(Plan, settings)).Message.Split('\n');

        Assert.Equal("MaxLr is 0.5, but it must be above MinLr, 1.", findings[0]);
        Assert.Equal("MaxWarmupFraction is 0.001, but no update is in that share of 800; make it, or the budget, longer.", findings[1]);
        Assert.StartsWith("Cooldown is 'linear(1 -> -1)'; it is", findings[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_PlanThatDoesNotGoTogether_OneSentence()
    {
        var plan = Plan.Settings with { SamplesPerEpoch = null, Length = Duration.Batches(100) };
        Assert.StartsWith("TestEvery is '1ep', but the size of the training set is not known", Message(plan, AutoWarmupSettings.Paper), StringComparison.Ordinal);
        Assert.StartsWith("TestEvery is '0.5sp'; it must be at least", Message(plan, AutoWarmupSettings.Default with { TestEvery = Duration.Samples(0.5) }), StringComparison.Ordinal);
        var falling = Plan.Settings with { LearningRate = Schedule.Parse("cosine(1 -> 0)"), Groups = [new GroupSettings("head", LearningRate: 0.5)] };
        Assert.StartsWith("LearningRate is 'cosine(1 -> 0)', but the rate of group 'head' is a ratio to it", Message(falling, AutoWarmupSettings.Default), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_AnotherControllersState_Refused() =>
        Assert.StartsWith(
            "The state is a NoState", Assert.Throws<ArgumentException>(() => new AutoWarmup(Plan).Decide(default, ControllerState.None)).Message, StringComparison.Ordinal);

    [Fact]
    public void Decide_StateOfAnotherPlan_RefusedUnlessItNamesNone()
    {
        var controller = new AutoWarmup(Plan);
        var other = (AutoWarmupState)new AutoWarmup(WarmupRun.Plan(epochs: 41, updatesPerEpoch: 20)).InitialState;

        Assert.StartsWith(
            $"the saved state belongs to another plan ({other.Plan}) than this one (",
            Assert.Throws<InvalidInputException>(() => controller.Decide(default, AutoWarmupState.Parse(other.ToJson()))).Message,
            StringComparison.Ordinal);
        Assert.Equal(1e-5, controller.Decide(default, other with { Plan = null }).LearningRate);
    }

    [Fact]
    public void Equality_ByPlanAndSettings()
    {
        Assert.Equal(new AutoWarmup(WarmupRun.Plan(40, 20)), new AutoWarmup(Plan));
        Assert.NotEqual(new AutoWarmup(Plan, AutoWarmupSettings.Paper), new AutoWarmup(Plan));
    }

    private static AutoWarmupSettings Preset(string name) => name == "paper" ? AutoWarmupSettings.Paper : AutoWarmupSettings.Default;

    private static string Message(PlanSettings plan, AutoWarmupSettings settings) =>
        Assert.Throws<InvalidInputException>(() => new AutoWarmup(new TrainingPlan(plan), settings)).Message;
}
