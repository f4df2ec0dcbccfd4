using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class AdaptiveBatchTests
{
    private static readonly AdaptiveBatchSettings Quick = BatchRun.Quick;

    [Fact]
    public void Observe_CriticalBatchOfTwice_DoublesUpToTheLargest() =>
        Assert.Equal([10, 20, 40, 80, 100, 100], BatchRun.Batches(BatchRun.Controller(), 20, 500, 160, 1e6, 1e9));

    [Fact]
    public void Observe_CriticalBatchBelowTheRatio_Stays() => Assert.Equal([10, 10, 10, 10], BatchRun.Batches(BatchRun.Controller(), 19.9, 10, 0));

    [Fact]
    public void Observe_CriticalBatchThatFalls_NeverShrinks() => Assert.Equal([10, 20, 20, 20], BatchRun.Batches(BatchRun.Controller(), 20, 5, 0));

    [Theory]
    [InlineData(2, 1, 1, 30, 20)]
    [InlineData(1.5, 1, 1, 15, 15)]
    [InlineData(1.55, 1, 1, 1000, 15)]
    [InlineData(3, 1, 1, 29, 10)]
    [InlineData(3, 1, 1, 30, 30)]
    [InlineData(2, 0.5, 1, 39, 10)]
    [InlineData(2, 0.5, 1, 40, 20)]
    [InlineData(2, 2, 1, 10, 20)]
    [InlineData(2, 1, 8, 20, 16)]
    [InlineData(2, 1, 32, 31, 10)]
    [InlineData(2, 1, 32, 32, 32)]
    [InlineData(1.01, 1, 1, 10.9, 10)]
    [InlineData(1.01, 1, 1, 11, 11)]
    [InlineData(20, 1, 1, 1000, 100)]
    public void Observe_Settings_RatioShareAndMultiple(double ratio, double share, long multiple, double noiseScale, long batch) => Assert.Equal(
        [10, batch], BatchRun.Batches(BatchRun.Controller(Quick with { Ratio = ratio, Share = share, Multiple = multiple }), noiseScale));

    [Fact]
    public void Observe_TooFewMeasurementsSinceTheLastGrowth_Waits()
    {
        var (applied, state) = BatchRun.Of(
            BatchRun.Controller(Quick with { Measurements = 6 }), 99, 99, 99, double.NaN, 99, 99, 99, 99, 99, 99, double.NaN, 99, 99, 99, 99);
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20, 20, 40, 40], applied.Select(values => values.BatchSize));
        Assert.Equal(
            new BatchGrowth { Batch = 40, Changes = 2, LastNoiseScale = 99, Noise = new NoiseAverage { Count = 1, SquaredNorm = 1, Trace = 99 } }, state.Growth);
    }

    [Theory]
    [InlineData(1, -99, 10)]
    [InlineData(-1, -99, 10)]
    [InlineData(0, 0, 10)]
    [InlineData(double.NaN, 99, 10)]
    [InlineData(1, double.PositiveInfinity, 10)]
    [InlineData(0, 99, 100)]
    [InlineData(-1, 99, 100)]
    public void Observe_NoNoiseScale_GrowsWhereNoiseDrownsTheGradient(double squaredNorm, double trace, long expected)
    {
        var controller = BatchRun.Controller();
        var (values, state) = (controller.Decide(default, controller.InitialState), controller.InitialState);
        for (var update = 1; update <= 40; update++)
        {
            state = controller.Observe(
                new Observation(new Progress(update, 10L * update), values, 1, 0) { Noise = new GradientNoise(squaredNorm, trace) }, state);
        }

        Assert.Equal(expected, controller.Decide(new Progress(40, 400), state).BatchSize);
        Assert.Null(((AdaptiveBatchState)state).Growth.LastNoiseScale);
    }

    [Fact]
    public void Observe_Nothing_TheSameState()
    {
        var controller = BatchRun.Controller();
        Assert.Same(controller.InitialState, controller.Observe(new Observation(new Progress(1, 10), controller.Decide(default, controller.InitialState), 1, 0), controller.InitialState));
    }

    [Theory]
    [InlineData(BatchRateRule.Constant, 1)]
    [InlineData(BatchRateRule.Linear, 4)]
    [InlineData(BatchRateRule.SquareRoot, 2)]
    public void Decide_FourTimesTheFirstBatch_RatesByTheRule(BatchRateRule rule, double factor)
    {
        var controller = BatchRun.Controller(Quick with { Ratio = 4, Rate = rule });
        var (applied, state) = BatchRun.Of(controller, Enumerable.Repeat(40.0, 5));
        Assert.Equal(new HyperParameters(0.5, 10, 0.9, 0), applied[0]);
        Assert.Equal(new HyperParameters(0.5 * factor, 40, 0.9, 0), applied[^1]);
        Assert.Equal(new HyperParameters(0.125 * factor, 40, 0.9, 0), controller.DecideGroup(0, new Progress(5, 50), state));
    }

    [Fact]
    public void Decide_ScheduleOverTime_StaysInPlaceWhenTheBatchGrows()
    {
        var schedule = Schedule.Parse("linear(1 -> 0)");
        var plan = new TrainingPlan(BatchRun.Plan with { LearningRate = schedule });
        var samples = 0L;
        foreach (var values in BatchRun.Of(BatchRun.Controller(rate: schedule), Enumerable.Repeat(40.0, 100)).Applied)
        {
            Assert.Equal(plan.At(samples).LearningRate, values.LearningRate);
            samples += values.BatchSize;
        }
    }

    [Fact]
    public void Decide_CutTail_BatchesEndWithTheEpochAndTheBudget()
    {
        var plan = new TrainingPlan(BatchRun.Plan with { SamplesPerEpoch = 75, Length = Duration.Epochs(2), Tail = EpochTail.Cut });
        var controller = new AdaptiveBatch(plan, Quick with { MaxBatch = 20 });
        var (applied, _) = BatchRun.Of(controller, Enumerable.Repeat(20.0, 9));
        Assert.Equal([10, 10, 10, 10, 10, 20, 5, 20, 20, 20], applied.Select(values => values.BatchSize));
    }

    [Fact]
    public void Decide_CutTail_TheRateIsThatOfTheWholeBatch()
    {
        var plan = new TrainingPlan(BatchRun.Plan with { SamplesPerEpoch = 75, Tail = EpochTail.Cut });
        var controller = new AdaptiveBatch(plan, Quick with { MaxBatch = 20, Rate = BatchRateRule.Linear });
        Assert.Equal(new HyperParameters(1, 5, 0.9, 0), BatchRun.Of(controller, Enumerable.Repeat(20.0, 6)).Applied[^1]);
    }

    [Fact]
    public void Inner_ReduceOnPlateau_ReducesTheRateAndSeesEveryLoss()
    {
        var plan = new TrainingPlan(BatchRun.Plan);
        var plateau = new ReduceOnPlateau(plan, new ReduceOnPlateauSettings { Every = Duration.Batches(1), Patience = 3, Factor = 0.5 });
        var (applied, state) = BatchRun.Of(new AdaptiveBatch(plan, Quick with { Rate = BatchRateRule.Linear }, plateau), Enumerable.Repeat(20.0, 5));
        Assert.Equal(5, ((ReduceOnPlateauState)state.Inner).Plateau.Means);
        Assert.Equal(new HyperParameters(0.5 * 0.5 * 2, 20, 0.9, 0), applied[^1]);
    }

    [Fact]
    public void Inner_OfAGuard_BatchAndRateGoThrough()
    {
        var controller = new GuardedController(BatchRun.Controller(), new LossGuard(100));
        var values = controller.Decide(default, controller.InitialState);
        var state = controller.InitialState;
        for (var update = 1; update <= 5; update++)
        {
            state = controller.Observe(new Observation(new Progress(update, 10L * update), values, 1, 1) { Noise = new GradientNoise(1, 40) }, state);
        }

        Assert.Equal(20, controller.Decide(new Progress(5, 50), state).BatchSize);
    }

    [Fact]
    public void Constructor_PlanThatDoesNotFit_AllFindingsAtOnce()
    {
        var unknown = BatchRun.Plan with { SamplesPerEpoch = null, Length = Duration.Batches(100) };
        Assert.Equal(
            [
                "BatchSize is 'multi-step(10, gamma 2, at 50ba)', which moves by itself; write the size to begin with, for instance 10.",
                "SamplesPerEpoch is missing, but the largest batch is a tenth of it; give it, or a largest batch.",
            ],
            Findings(unknown with { BatchSize = Schedule.Parse("multi-step(10, gamma 2, at 50ba)") }, Quick));
        Assert.Equal(
            ["the batch may grow to 100, a tenth of the 1000 training samples, but the first is 100 already; give a largest batch above 100, or a smaller first one."],
            Findings(BatchRun.Plan with { BatchSize = 100 }, Quick));
        Assert.Equal(
            ["the batch may grow to 64, the multiple of 32 up to 90, but the first is 64 already; give a largest batch above 64, or a smaller first one."],
            Findings(BatchRun.Plan with { BatchSize = 64 }, Quick with { MaxBatch = 90, Multiple = 32 }));
        Assert.Equal(
            ["the batch may grow to 5, but the first is 10 already; give a largest batch above 10, or a smaller first one."],
            Findings(unknown, Quick with { MaxBatch = 5 }));
    }

    [Fact]
    public void Constructor_LargestBatchGiven_NoTrainingSetNeeded() => Assert.Equal(
        48, new AdaptiveBatch(new TrainingPlan(BatchRun.Plan with { SamplesPerEpoch = null, Length = Duration.Batches(9) }), Quick with { MaxBatch = 50, Multiple = 16 }).MaxBatch);

    [Fact]
    public void Decide_StateOfAnotherController_IsRefused() =>
        Assert.Throws<ArgumentException>(() => BatchRun.Controller().Decide(default, ControllerState.None));

    [Fact]
    public void Equals_SamePlanSettingsAndInner()
    {
        var plan = new TrainingPlan(BatchRun.Plan);
        Assert.Equal(new AdaptiveBatch(plan), new AdaptiveBatch(new TrainingPlan(BatchRun.Plan)));
        Assert.NotEqual(new AdaptiveBatch(plan), new AdaptiveBatch(plan, Quick));
        Assert.NotEqual(new AdaptiveBatch(plan), new AdaptiveBatch(plan, inner: new ReduceOnPlateau(plan)));
    }

    private static string[] Findings(PlanSettings plan, AdaptiveBatchSettings settings) =>
        Assert.Throws<InvalidInputException>(() => new AdaptiveBatch(new TrainingPlan(plan), settings)).Message.Split('\n');
}
