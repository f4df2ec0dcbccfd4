using System.Globalization;
using Rubato.Cli.Settings;
using Rubato.Control;
using Rubato.Rewrites;

namespace Rubato.Torch.Tests.Tasks;

public sealed class TrainingTaskTests
{
    private static readonly TrainSettings Adaptive = new()
    {
        Data = "glyphs(train 400)",
        Network = "mlp(16)",
        LearningRate = Rate.Parse("cosine(0.1 -> 0)"),
        Batch = Batch.Adaptive(10),
        Device = "cpu",
    };

    [Theory]
    [InlineData(100, 1)]
    [InlineData(99, 2)]
    [InlineData(10, 10)]
    [InlineData(1, 100)]
    [InlineData(1000, 1)]
    public void Plan_BatchesCut_CountsThePartialBatch(int batch, long expected) => Assert.Equal(
        3 * expected,
        Trained.Task(new TrainSettings { Data = "glyphs(train 100)", Batch = batch, Epochs = 3, Tail = EpochTail.Cut }).Plan.CountUpdates());

    [Theory]
    [InlineData("2.5", null, 2.5, 250)]
    [InlineData(null, "12ba", 1.2, 120)]
    [InlineData(null, "70sp", 0.7, 70)]
    [InlineData(null, "3ep", 3, 300)]
    public void Epochs_LengthOfAnyUnit_IsTheBudget(string? epochs, string? length, double budget, long samples)
    {
        var task = Trained.Task(new TrainSettings
        {
            Data = "glyphs(train 100)",
            Batch = 10,
            Epochs = epochs is null ? null : double.Parse(epochs, CultureInfo.InvariantCulture),
            Length = length is null ? null : Duration.Parse(length),
        });
        Assert.Equal((budget, samples), (task.Epochs, task.Plan.Samples));
    }

    [Theory]
    [InlineData("auto", true)]
    [InlineData("one-cycle", true)]
    [InlineData("0.1", false)]
    [InlineData("cosine(0.1 -> 0)", false)]
    [InlineData("plateau(0.1)", false)]
    [InlineData("polyak", false)]
    [InlineData("autowarmup", false)]
    public void IsOfShares_Rate_WhetherItIsStillToBeFound(string rate, bool expected) =>
        Assert.Equal(expected, Trained.Task(Adaptive with { LearningRate = Rate.Parse(rate), Batch = 10 }).IsOfShares);

    [Theory]
    [InlineData("sgd", true)]
    [InlineData("adagrad", false)]
    public void Momentum_Optimizer_NullWhereThereIsNone(string optimizer, bool expected) =>
        Assert.Equal(expected, Trained.Task(Adaptive with { Optimizer = optimizer }).Momentum is not null);

    [Theory]
    [InlineData("adaptive(10)", null, null)]
    [InlineData("adaptive(10)", 5, 5L)]
    [InlineData("adaptive(10)", 10, 10L)]
    [InlineData("adaptive(10)", 11, null)]
    [InlineData("adaptive(10, multiple 4)", 5, 4L)]
    public void BuildController_MicroBatch_LaterBatchesAreMultiplesOfOneThatTheFirstBatchHolds(string batch, int? micro, long? multiple)
    {
        var task = Trained.Task(Adaptive with { Batch = Batch.Parse(batch), MicroBatch = micro });
        Assert.Equal(multiple, ((AdaptiveBatch)task.BuildController()).Settings.Multiple);
    }

    [Theory]
    [InlineData("cosine(0.1 -> 0)", typeof(PlanController))]
    [InlineData("plateau(0.1)", typeof(ReduceOnPlateau))]
    [InlineData("polyak", typeof(Polyak))]
    [InlineData("autowarmup", typeof(AutoWarmup))]
    public void BuildController_AnyRate_TheBatchIsAroundItAndWithinTheGuard(string rate, Type within)
    {
        var task = Trained.Task(Adaptive with { LearningRate = Rate.Parse(rate), Guard = true });
        var adaptive = Assert.IsType<AdaptiveBatch>(Assert.IsType<GuardedController>(task.BuildController()).Inner);
        Assert.IsType(within, adaptive.Inner);
        Assert.Equal((10L, 40L), (adaptive.FirstBatch, adaptive.MaxBatch));
        Assert.Equal(10, task.Plan.At(0).BatchSize);
    }

    [Fact]
    public void BuildController_MeasuredNoise_TheBatchGrows()
    {
        var controller = Trained.Task(Adaptive).BuildController();
        var (progress, state) = (default(Progress), controller.InitialState);
        for (var update = 0; update < 20; update++)
        {
            var values = controller.Decide(progress, state);
            Assert.Equal(10, values.BatchSize);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, 1, 1) { Noise = new GradientNoise(1, 20) }, state);
        }

        Assert.Equal(20, controller.Decide(progress, state).BatchSize);
    }

    [Fact]
    public void With_RateThatWasFound_AroundTheNewPlan()
    {
        var task = Trained.Task(Adaptive with { LearningRate = Rate.Rehearsed() });
        var found = task.With(new RehearsalResult
        {
            PeakRate = 0.25,
            Low = 0.1,
            High = 1,
            StartLoss = 2.3,
            Runs = [],
            Updates = 100,
            MicroBatch = 10,
            Samples = 1500,
            PaidSamples = 1000,
            TookWeights = false,
            Doubt = RehearsalDoubt.BracketOnly,
        });
        var adaptive = (AdaptiveBatch)((GuardedController)found.BuildController()).Inner;
        Assert.Equal(task.Plan.Samples - 1000, adaptive.Plan.Samples);
        Assert.Equal(adaptive.Plan, ((PlanController)adaptive.Inner).Plan);
        Assert.Equal(10, adaptive.FirstBatch);
    }

    [Fact]
    public void With_BoundsOfARateThatHasNone_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Trained.Task(Adaptive).With(new Rubato.RangeTests.RateRange(0.01, 0.1)));

    // Of a rate of 0.001 they may be met, of its shares up to 1 they are not.
    [Fact]
    public void Rewritten_SharesOfARate_ConditionsOfTheExponentialFormWait()
    {
        var settings = Decaying with { Rewrite = RewriteSequence.Parse("exponential"), LearningRate = Rate.Parse("auto * constant(1)") };
        Assert.Equal(1, Trained.Task(settings).Plan.At(0).LearningRate);
        Assert.Throws<InvalidInputException>(() => Trained.Task(settings with { LearningRate = Rate.Parse("constant(1)") }));
    }

    [Fact]
    public void Rewritten_SharesOfARateInSteps_TheirShapeIsCheckedAtOnce()
    {
        var settings = Decaying with { Rewrite = RewriteSequence.Parse("texp"), Batch = 1, Epochs = 11 };
        Assert.StartsWith(
            "Rewrite is 'texp': the plan has more than 1000 phases of one rate, momentum and weight decay up to update 1001; ",
            Assert.Throws<InvalidInputException>(() => Trained.Task(settings with { LearningRate = Rate.Parse("auto * linear(0 -> 1)") })).Message,
            StringComparison.Ordinal);
        Assert.True(Trained.Task(settings with { LearningRate = Rate.Parse("auto * multi-step(1, gamma 0.1, at 500sp)") }).IsOfShares);
    }

    private static TrainSettings Decaying => new()
    {
        Data = "glyphs(train 100)",
        Network = "mlp(16, norm batch)",
        WeightDecay = 1,
        Batch = 10,
        Device = "cpu",
    };
}
