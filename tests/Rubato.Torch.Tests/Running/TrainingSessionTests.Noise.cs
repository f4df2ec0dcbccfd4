using Rubato.Runs.Logs;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    [Fact]
    public void Run_NoiseMeasuredFromMicroBatches_SameUpdatesAndAFileOfMeasurements()
    {
        var settings = _scratch.Small with { MicroBatch = 20, Epochs = 8 };
        var (plain, measured) = (new Scratch.Silent(), new Scratch.Silent());
        Assert.Null(_scratch.Run(settings, plain).Noise);
        var summary = _scratch.Run(settings with { MeasureNoise = 3 }, measured);

        Assert.Equal(Timeless(_scratch.Lines(plain.Description!, "steps.jsonl")), Timeless(_scratch.Lines(measured.Description!, "steps.jsonl")));
        Assert.False(File.Exists(Path.Combine(plain.Description!.Folder!, "noise.jsonl")));
        var records = NoiseLog.Read(Path.Combine(measured.Description!.Folder!, "noise.jsonl"));
        Assert.Equal(measured.Steps.Where(step => step.Step % 3 == 0).Select(step => (step.Step, step.Samples, step.BatchSize)), records.Select(r => (r.Step, r.Samples, r.Batch)));
        Assert.All(records[..4], record => Assert.Null(record.NoiseScale));
        Assert.Equal((records.Length, records[^1].NoiseScale, 45), (summary.Noise!.Measurements, summary.Noise.NoiseScale, summary.Noise.Batch));
        Assert.InRange(records[4].NoiseScale ?? 0, 1, 1e4);
    }

    [Fact]
    public void Run_NoiseMeasuredOfWholeBatches_InTwoHalves()
    {
        var summary = _scratch.Run(_scratch.Small with { MeasureNoise = 1, Network = "mlp(16, norm batch)", GhostBatch = 5 });
        Assert.Equal(summary.Updates, summary.Noise!.Measurements);
        Assert.InRange(summary.Noise.NoiseScale ?? 0, 1, 1e4);
    }

    private static IEnumerable<string> Timeless(IEnumerable<string> lines) => lines.Select(line => line[..line.IndexOf(",\"seconds", StringComparison.Ordinal)]);
}
