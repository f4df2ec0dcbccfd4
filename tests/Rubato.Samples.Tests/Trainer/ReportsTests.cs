using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Rubato.Samples.Tests.TorchSharp;
using Rubato.Torch;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class ReportsTests
{
    [Fact]
    public void Log_ARun_ItsStartRehearsalEpochsAndEnd()
    {
        var logger = new FakeLogger();

        var run = Learned.OnOneThread(() => Reports.Log(logger));

        Learned.Right(run, atLeast: 0.85);
        var entries = logger.Collector.GetSnapshot();
        var told = entries.Where(entry => entry.Level >= LogLevel.Information).Select(entry => entry.Id.Name!).ToList();
        Assert.Equal(["RunStarted", "RateRehearsed"], told[..2]);
        Assert.Equal("RunCompleted", told[^1]);
        Assert.InRange(told.Count(name => name == "EpochClassified"), 8, 10);
        Assert.Equal(run.Updates / 100, entries.Count(entry => entry.Id.Name == "UpdateApplied"));
    }

    [Fact]
    public void Show_ARun_ProgressToTheEndAndALineAnEpoch()
    {
        var progress = new Kept();
        using var output = new StringWriter();

        var run = Learned.OnOneThread(() => Reports.Show(progress, output));

        Learned.Right(run, atLeast: 0.85);
        var last = progress.Reports[^1];
        Assert.Equal((300, 300L, 1.0, TimeSpan.Zero), (last.Updates, last.TotalUpdates, last.Share, last.Remaining));
        Assert.Equal(run.Accuracy, last.Accuracy);
        Assert.Equal(progress.Reports.Select(report => report.Updates).Order(), progress.Reports.Select(report => report.Updates));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(10, lines.Length);
        Assert.Equal($"epoch 10: {run.Accuracy:P1}", lines[^1]);
    }

    [Fact]
    public void Measure_TwoMetrics_AgreeWithTheLoss()
    {
        var run = Learned.OnOneThread(Reports.Measure);

        // The mean absolute error is at most the root of the mean square.
        Assert.InRange(run.Metrics["mae"], 0, Math.Sqrt(run.Loss!.Value));
        Assert.InRange(run.Metrics["within 0.1"], 0.9, 1);
    }

    private sealed class Kept : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value) => Reports.Add(value);
    }
}
