using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Torch.Tests.RangeTests;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    private TrainSettings Growing => _scratch.Small with
    {
        Data = "glyphs(train 1000)",
        Network = "mlp(32)",
        LearningRate = Rate.Parse("linear(0.1 -> 0)"),
        Batch = Batch.Parse("adaptive(20, ratio 1.5, measurements 5)"),
        MicroBatch = 10,
        MeasureNoise = 2,
        Epochs = 4,
    };

    [Fact]
    public void Run_AdaptiveBatch_NeverShrinksAndStaysInItsBounds()
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Growing, listener);
        var sizes = listener.Steps.Select(step => step.BatchSize).ToList();
        Assert.Equal((RunStatus.Completed, 200L, true), (summary.Status, listener.Description!.Updates, listener.Description.GrowsBatch));
        Assert.Equal(20, sizes[0]);
        Assert.Equal(sizes.Order(), sizes);
        Assert.True(sizes[^1] > 20);
        Assert.Equal(sizes.Distinct().Skip(1).Select(size => (long?)size), listener.Events.Select(grown => grown.BatchSize));
        Assert.All(listener.Events, grown => Assert.True(grown is { Kind: EventKind.Batch, Scale: 1, NoiseScale: > 0 or null } && grown.LearningRate == listener.Steps[(int)grown.Step].LearningRate));
        Assert.Equal(listener.Events.Count, _scratch.Lines(listener.Description, "events.jsonl").Length);
        Assert.All(sizes, size => Assert.True(size % 10 == 0 && size <= 100));
        Assert.InRange(summary.Samples, 4000, 4099);
        Assert.All(listener.Steps, step => Assert.Equal(0.1 * (1 - ((step.Samples - step.BatchSize) / 4000.0)), step.LearningRate, 1e-12));
    }

    [Fact]
    public void Run_AdaptiveBatchFromItsOwnConfiguration_TheSameRunAlsoUnderAGuard()
    {
        var (first, second) = (new Scratch.Silent(), new Scratch.Silent());
        _scratch.Run(Growing, first);
        Assert.Contains($"batch: \"{Growing.Batch}\"", _scratch.Lines(first.Description!, "config.yaml"));
        _scratch.Run(Growing with { Guard = true }, second);
        Assert.Equal(first.Steps.Select(step => step with { Seconds = 0 }), second.Steps.Select(step => step with { Seconds = 0 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_AdaptiveBatchAroundAnAutoWarmup_HeldUntilTheRateIsFoundWhichIsTold(bool guard)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Growing with { LearningRate = Rate.Parse("autowarmup"), Epochs = 8, Guard = guard }, listener);
        var found = listener.AutoWarmup!;
        Assert.Equal(20 * found.Step, found.Samples);
        Assert.Equal(new PhaseRecord(RunPhase.Cooldown, null), listener.Phases[^1]);
        Assert.InRange(listener.Steps[^1].LearningRate, 0, 0.01 * found.LearningRate);
    }

    [Fact]
    public void Run_AdaptiveBatchAroundAPlateau_ReductionsAreTold()
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Growing with { LearningRate = Rate.Parse("plateau(0.1, factor 0.5, patience 1, threshold 0.99, every 5ba)") }, listener);
        var reduced = listener.Events.First(record => record.Kind == EventKind.Plateau);
        Assert.Equal((15L, 0.05), (reduced.Step, reduced.LearningRate));
    }

    [Fact]
    public void Run_AdaptiveBatchWithARateToBeFound_RehearsedWithTheFirstBatch()
    {
        var listener = new Scratch.Silent();
        Assert.Equal(RunStatus.Completed, _scratch.Run(Growing with { LearningRate = Rate.Parse("auto") }, listener).Status);
        Assert.NotNull(listener.Rehearsal);
        Assert.Equal(20, listener.Steps[0].BatchSize);
    }

    [Fact]
    public void Run_RangeTestOfAnAdaptiveBatch_TakesTheFirstOne()
    {
        var listener = new ToldOfSweeps();
        var outcome = Sessions.Find(
            new FindSettings { Training = Growing, Iterations = 20, AccuracyEvery = 0 }, listener, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(20, outcome.Outcome.BatchSize);
    }
}
