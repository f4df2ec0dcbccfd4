using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class ReduceOnPlateauTests
{
    private static readonly ReduceOnPlateauSettings EachUpdate = new() { Every = Duration.Batches(1), Factor = 0.5, Patience = 1 };

    [Fact]
    public void Observe_LossThatStays_HalvesAfterOneBadMeanMoreThanThePatience() =>
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.25], Rates(EachUpdate, 3, 3, 3, 3, 3));

    [Fact]
    public void Observe_LossThatFalls_NeverReduces() => Assert.All(Rates(EachUpdate, 9, 8, 7, 6, 5, 4, 3, 2, 1), rate => Assert.Equal(1, rate));

    [Fact]
    public void Observe_ABetterMean_BeginsToCountAnew() => Assert.Equal([1, 1, 1, 1, 1, 0.5], Rates(EachUpdate, 3, 3, 2, 2, 2));

    [Theory]
    [InlineData(ThresholdMode.Relative, 99.1, 0.5)]
    [InlineData(ThresholdMode.Relative, 98.9, 1)]
    [InlineData(ThresholdMode.Absolute, 99.991, 0.5)]
    [InlineData(ThresholdMode.Absolute, 99.989, 1)]
    public void Observe_AMeanLowerByTheThreshold_IsBetter(ThresholdMode mode, double second, double rate) =>
        Assert.Equal(rate, Rates(EachUpdate with { Patience = 0, Threshold = 0.01, ThresholdMode = mode }, 100, second)[^1]);

    [Fact]
    public void Observe_Cooldown_MeansInItDoNotCount() =>
        Assert.Equal([1, 1, 0.5, 0.5, 0.5, 0.25], Rates(EachUpdate with { Patience = 0, Cooldown = 2 }, 3, 3, 3, 3, 3));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Observe_NotFinite_IsBad(double loss)
    {
        Assert.Equal([1, 1, 1, 0.5], Rates(EachUpdate, 3, loss, loss));
        Assert.Equal([1, 1, 0.5], Rates(EachUpdate, loss, loss));
    }

    [Fact]
    public void Decide_Floor_StopsReductionsAtIt()
    {
        var (rates, state) = PlateauRun.Of(new ReduceOnPlateau(PlateauRun.Plan(1), EachUpdate with { Patience = 0, MinLr = 0.3 }), [3, 3, 3, 3, 3]);
        Assert.Equal([1, 1, 0.5, 0.3, 0.3, 0.3], rates);
        Assert.Equal(2, state.Plateau.Reductions);
    }

    [Fact]
    public void Decide_Floor_DoesNotLiftAWarmup() =>
        Assert.Equal([0, 0.25, 0.5, 0.5], PlateauRun.Of(
            new ReduceOnPlateau(PlateauRun.Plan(Schedule.Parse("linear(0 -> 1, 4ba)")), EachUpdate with { MinLr = 0.5, Patience = 0 }), [3, 2, 2]).Rates);

    [Fact]
    public void Observe_ReductionWithinEps_IsLeftOut() =>
        Assert.Equal([1, 1, 0.5, 0.5, 0.5], Rates(EachUpdate with { Patience = 0, Eps = 0.25 }, 3, 3, 3, 3));

    [Fact]
    public void Observe_LossesOfAnEpoch_AreAveraged()
    {
        var controller = new ReduceOnPlateau(PlateauRun.Plan(1), new ReduceOnPlateauSettings { Patience = 0 });
        var state = PlateauRun.Of(controller, [1, 2, 3, 4, 5, 9]).State.Plateau;
        Assert.Equal((1, 3.0, 3.0, 9.0, 10, 1), (state.Means, state.LastMean, state.Best, state.Mean, state.Samples, state.Updates));
    }

    [Theory]
    [InlineData("1ep", 2)]
    [InlineData("0.5ep", 4)]
    [InlineData("100sp", 1)]
    [InlineData("5ba", 2)]
    [InlineData("0.005dur", 2)]
    [InlineData("4sp", 10)]
    public void Observe_TenUpdates_AsManyMeansAsTimes(string every, int means) =>
        Assert.Equal(means, PlateauRun.Of(
            new ReduceOnPlateau(PlateauRun.Plan(1), new ReduceOnPlateauSettings { Every = Duration.Parse(every) }), Enumerable.Repeat(3.0, 10)).State.Plateau.Means);

    [Fact]
    public void Observe_NoEpochsKnown_AMeanAHundredthOfTheBudget()
    {
        var plan = new TrainingPlan(PlateauRun.Plan(1).Settings with { SamplesPerEpoch = null });
        Assert.Equal(3, PlateauRun.Of(new ReduceOnPlateau(plan), Enumerable.Repeat(3.0, 30)).State.Plateau.Means);
    }

    [Fact]
    public void Observe_BatchesOfSeveralSizes_WeighTheirSamples()
    {
        var controller = new ReduceOnPlateau(PlateauRun.Plan(1), EachUpdate with { Every = Duration.Batches(2) });
        var state = controller.InitialState;
        state = controller.Observe(new Observation(new Progress(1, 30), new HyperParameters(1, 30, 0, 0), 4, 0), state);
        state = controller.Observe(new Observation(new Progress(2, 40), new HyperParameters(1, 10, 0, 0), 8, 0), state);
        Assert.Equal(5, ((ReduceOnPlateauState)state).Plateau.LastMean);
    }

    [Theory]
    [InlineData("3ba")]
    [InlineData("0.6ep")]
    [InlineData("30sp")]
    [InlineData("0.003dur")]
    public void Observe_BeforeTheEndOfAWarmup_IsNotSeen(string after)
    {
        var controller = new ReduceOnPlateau(
            PlateauRun.Plan(Schedule.Parse("linear(0.25 -> 1, 3ba) then 1")), EachUpdate with { After = Duration.Parse(after), Patience = 0 });
        var (rates, state) = PlateauRun.Of(controller, [1, 1, 1, 3, 3]);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1, 0.5], rates);
        Assert.Equal((2, 3.0), (state.Plateau.Means, state.Plateau.Best));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void DecideGroup_AfterReductions_RatiosStay(double floor)
    {
        var controller = new ReduceOnPlateau(PlateauRun.Plan(1), EachUpdate with { Patience = 0, MinLr = floor });
        var state = PlateauRun.Of(controller, [3, 3, 3]).State;
        var rate = controller.Decide(new Progress(3, 30), state);
        Assert.Equal(Math.Max(0.25, floor), rate.LearningRate);
        Assert.Equal(rate with { LearningRate = rate.LearningRate / 4 }, controller.DecideGroup(0, new Progress(3, 30), state));
    }

    [Fact]
    public void Inner_AutoWarmup_ItsRatesAreScaledAndItSeesEveryLoss()
    {
        var plan = PlateauRun.Plan(1, 400);
        var warmup = new AutoWarmup(plan);
        var controller = new ReduceOnPlateau(plan, EachUpdate with { After = Duration.Batches(300) }, warmup);
        var losses = Enumerable.Range(0, 303).Select(update => 2 + (0.05 * Math.Abs(update - 120))).ToList();

        var (rates, state) = PlateauRun.Of(controller, losses);

        var alone = WarmupRun.Of(warmup, (update, _) => losses[(int)update], end: 303);
        Assert.Equal(alone.State, state.Inner);
        Assert.Equal(alone.Applied.Select(values => values.LearningRate), rates[..303]);
        Assert.Equal(0.5 * warmup.Decide(new Progress(303, 3030), alone.State).LearningRate, rates[303]);
    }

    [Fact]
    public void RolledBack_IsToldToTheControllerWithin()
    {
        var plan = PlateauRun.Plan(1, 400);
        var warmup = new AutoWarmup(plan);
        var controller = new ReduceOnPlateau(plan, EachUpdate, warmup);
        var state = PlateauRun.Of(controller, Enumerable.Range(0, 39).Select(update => 2 + (0.05 * Math.Abs(update - 30)))).State;
        var lost = new Observation(new Progress(39, 390), new HyperParameters(1, 10, 0, 0), double.NaN, double.NaN);
        var expected = warmup.RolledBack(lost, state.Inner);
        Assert.NotEqual(state.Inner, expected);
        Assert.Equal(state with { Inner = expected }, controller.RolledBack(lost, state));

        var plain = new ReduceOnPlateau(plan);
        Assert.Same(plain.InitialState, plain.RolledBack(lost, plain.InitialState));
    }

    [Fact]
    public void Constructor_PlanThatDoesNotFit_AllFindingsAtOnce()
    {
        var plan = new TrainingPlan(PlateauRun.Plan(1).Settings with { SamplesPerEpoch = null });
        Assert.Equal(
            [
                "Every is '1ep', but the size of the training set is not known; say it, or write ba, sp or dur.",
                "After is '2ep', but the size of the training set is not known; say it, or write ba, sp or dur.",
            ],
            Findings(plan, new ReduceOnPlateauSettings { Every = Duration.Epochs(1), After = Duration.Epochs(2) }));
        Assert.Equal(
            [
                "Every is '0.001ep'; it must be at least one sample.",
                "After is '1000ba', but the budget of 1000ba is used up by then; make that shorter, or the budget longer.",
            ],
            Findings(PlateauRun.Plan(1), new ReduceOnPlateauSettings { Every = Duration.Epochs(0.001), After = Duration.Batches(1000) }));
        Assert.Equal(
            ["Every is '0ba'; it must be at least one sample."], Findings(PlateauRun.Plan(1), new ReduceOnPlateauSettings { Every = Duration.Batches(0) }));
    }

    [Fact]
    public void Decide_StateOfAnotherController_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ReduceOnPlateau(PlateauRun.Plan(1)).Decide(default, ControllerState.None));

    [Fact]
    public void Equals_SamePlanSettingsAndInner()
    {
        var plan = PlateauRun.Plan(1);
        Assert.Equal(new ReduceOnPlateau(plan), new ReduceOnPlateau(PlateauRun.Plan(1)));
        Assert.NotEqual(new ReduceOnPlateau(plan), new ReduceOnPlateau(plan, EachUpdate));
        Assert.NotEqual(new ReduceOnPlateau(plan), new ReduceOnPlateau(plan, inner: new AutoWarmup(plan)));
    }

    private static double[] Rates(ReduceOnPlateauSettings settings, params double[] losses) =>
        PlateauRun.Of(new ReduceOnPlateau(PlateauRun.Plan(1), settings), losses).Rates;

    private static string[] Findings(TrainingPlan plan, ReduceOnPlateauSettings settings) =>
        Assert.Throws<InvalidInputException>(() => new ReduceOnPlateau(plan, settings)).Message.Split('\n');
}
