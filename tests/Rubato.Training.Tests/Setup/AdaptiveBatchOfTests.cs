using Rubato.Cli.Settings;
using Rubato.Control;

namespace Rubato.Training.Tests;

public sealed class AdaptiveBatchOfTests
{
    private static readonly TrainSettings Adaptive = new()
    {
        Data = "glyphs(train: 400)",
        Network = "mlp(16)",
        LearningRate = Rate.Parse("cosine(0.1 -> 0)"),
        Batch = Batch.Parse("adaptive(10)"),
        Device = "cpu",
    };

    [Theory]
    [InlineData("128")]
    [InlineData("multi-step(128, gamma 2, at 3ep)")]
    public void Choice_SizeOrSchedule_None(string batch) => Assert.Null(AdaptiveBatchOf.Choice(new TrainSettings { Batch = batch }));

    [Theory]
    [InlineData("adaptive(10)", null, null)]
    [InlineData("adaptive(10)", 5, 5L)]
    [InlineData("adaptive(10)", 10, 10L)]
    [InlineData("adaptive(10)", 11, null)]
    [InlineData("adaptive(10, multiple 4)", 5, 4L)]
    public void Around_MicroBatch_LaterBatchesAreMultiplesOfOneThatTheFirstBatchHolds(string batch, int? micro, long? multiple)
    {
        var run = Trained.Task(Adaptive with { Batch = batch, MicroBatch = micro });
        Assert.Equal(multiple, ((AdaptiveBatch)run.Controller).Settings.Multiple);
    }

    [Theory]
    [InlineData("cosine(0.1 -> 0)", typeof(PlanController))]
    [InlineData("plateau(0.1)", typeof(ReduceOnPlateau))]
    [InlineData("autowarmup", typeof(AutoWarmup))]
    public void Controller_AnyRate_TheBatchIsAroundItAndWithinTheGuard(string rate, Type within)
    {
        var run = Trained.Task(Adaptive with { LearningRate = rate, Guard = true });
        var adaptive = Assert.IsType<AdaptiveBatch>(Assert.IsType<GuardedController>(run.Controller).Inner);
        Assert.IsType(within, adaptive.Inner);
        Assert.Equal((10L, 40L), (adaptive.FirstBatch, adaptive.MaxBatch));
        Assert.Equal(10, run.Plan.At(0).BatchSize);
    }

    [Fact]
    public void Controller_MeasuredNoise_TheBatchGrows()
    {
        var controller = Trained.Task(Adaptive).Controller;
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

    [Theory]
    [InlineData("adaptive(10)", null, 10)]
    [InlineData("adaptive(10)", 3, 3)]
    [InlineData("10", null, null)]
    public void From_AdaptiveBatch_TheNoiseIsMeasured(string batch, int? asked, int? expected) =>
        Assert.Equal(expected, Trained.Task(Adaptive with { Batch = batch, MeasureNoise = asked }).Settings.MeasureNoise);

    [Fact]
    public void With_RateThatWasFound_AroundTheNewPlan()
    {
        var run = Trained.Task(Adaptive with { LearningRate = Rate.Parse("auto") });
        var found = run.With(new RehearsalResult(0.25, 0.1, 1, 2.3, [], 100, 10, 1000, TookWeights: false));
        var adaptive = (AdaptiveBatch)((GuardedController)found.Controller).Inner;
        Assert.Equal(run.Plan.Samples - 1000, adaptive.Plan.Samples);
        Assert.Equal(adaptive.Plan, ((PlanController)adaptive.Inner).Plan);
        Assert.Equal(10, adaptive.FirstBatch);
    }

    [Theory]
    [InlineData("adaptive(40)", "--batch is 'adaptive(40)': the batch may grow to 40, a tenth of the 400 training samples, but the first is 40 already; give a largest batch above 40, or a smaller first one.")]
    [InlineData("adaptive( 10,max 9 )", "--batch is 'adaptive(10, max 9)': the batch may grow to 9, but the first is 10 already; give a largest batch above 10, or a smaller first one.")]
    public void From_NoRoomToGrow_OneSentenceThatNamesTheFlag(string batch, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InvalidInputException>(() => Trained.Task(Adaptive with { Batch = batch })).Message);
}
