using Rubato.Cli.Settings;
using Rubato.Runs.Records;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    private TrainSettings Auto => _scratch.Small with
    {
        Data = "glyphs(train 2000)",
        Network = "mlp(64, norm batch)",
        LearningRate = Rate.Parse("auto"),
        Batch = 64,
        Epochs = 10,
    };

    [Theory]
    [InlineData("sgd", "auto")]
    [InlineData("adamw", "auto(free 0)")]
    [InlineData("lamb", "auto(free 800)")]
    public void Run_RateAuto_LearnsWithTheRateThatItFound(string optimizer, string rate)
    {
        var listener = new Scratch.Silent();
        var summary = _scratch.Run(Auto with { Optimizer = optimizer, LearningRate = Rate.Parse(rate) }, listener);
        var found = listener.Rehearsal!;
        Assert.Equal(RunStatus.Completed, summary.Status);
        Assert.InRange(summary.TestAccuracy, 0.2, 1);
        Assert.Equal(rate switch { "auto" => 0, "auto(free 0)" => found.Samples, _ => found.Samples - 800 }, found.PaidSamples);
        Assert.InRange(found.PaidSamples, 0, 2000);
        Assert.Equal(rate == "auto", found.Samples > 2000);
        Assert.InRange(found.PeakLearningRate, found.Runs[0].LearningRate / 10, found.Runs[^1].LearningRate * 10);
        Assert.True(found.Runs.Length >= 3 && found.Runs.SequenceEqual(found.Runs.OrderBy(run => run.LearningRate)));
        Assert.Equal(found.PeakLearningRate, summary.PeakLearningRate, 0.02 * found.PeakLearningRate);
        Assert.InRange(summary.Samples, 20_000 - found.PaidSamples - 64, 20_000 - found.PaidSamples + 64);
        var kept = SummaryFile.Read(Path.Combine(listener.Description!.Folder!, "summary.json")).Rehearsal!;
        Assert.Equal(found.PeakLearningRate, kept.PeakLearningRate);
        Assert.Equal(found.Runs, kept.Runs);
        Assert.Equal(found.Runs, listener.Rehearsed.OrderBy(run => run.LearningRate));
        Assert.Contains(_scratch.Lines(listener.Description, "config.yaml"), line => line.Replace("\"", "", StringComparison.Ordinal) == $"lr: {rate}");
    }

    [Fact]
    public void Run_RateAutoTwice_TheSameToTheLastBit()
    {
        var (first, second) = (new Scratch.Silent(), new Scratch.Silent());
        _scratch.Run(Auto with { Epochs = 4 }, first);
        _scratch.Run(Auto with { Epochs = 4 }, second);
        Assert.Equal(first.Rehearsal! with { Seconds = 0, Runs = [] }, second.Rehearsal! with { Seconds = 0, Runs = [] });
        Assert.Equal(first.Rehearsal.Runs, second.Rehearsal.Runs);
        Assert.Equal(first.Steps.Select(step => step.Loss), second.Steps.Select(step => step.Loss));
    }

    [Fact]
    public void Run_RateAutoInterrupted_CompleteFolderAndNoUpdate()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var listener = new Scratch.Silent();
        var summary = Trained.With(Auto with { Out = _scratch.Folder }, listener, TimeProvider.System, cancellation.Token);
        Assert.Equal((RunStatus.Interrupted, 0L), (summary.Status, summary.Updates));
        Assert.Null(listener.Rehearsal);
        Assert.True(File.Exists(Path.Combine(listener.Description!.Folder!, "model.safetensors")));
    }
}
