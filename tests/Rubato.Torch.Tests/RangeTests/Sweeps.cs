using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Torch.Running;
using Rubato.Torch.Snapshots;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Tests.RangeTests;

/// <summary>Small sweeps, and all that one could leave behind.</summary>
internal static class Sweeps
{
    /// <summary>20 updates of 16 samples from 0.001 to 1, with dropout; every fifth is followed by a measurement on 20 of 200 samples.</summary>
    public static FindSettings Small { get; } = new()
    {
        Training = new TrainSettings
        {
            Data = "glyphs(train 200, test 20)",
            Network = "mlp(16, norm batch, dropout 0.3)",
            LearningRate = Rate.Parse("0.01"),
            Batch = 16,
            Threads = OneThreadAttribute.Threads,
        },
        StartLr = 0.001,
        EndLr = 1,
        Iterations = 20,
        AccuracyEvery = 5,
        DivergeThreshold = 100,
    };

    public static Sweep Of(FindSettings settings) => SweepBuilder.Build(settings, TaskBuilder.Build(settings.Training));

    public static SweptCurve Run(
        RunParts parts, TrainingTask run, FindSettings? settings = null, Action<RangePoint, double>? told = null, CancellationToken? cancellation = null) =>
        parts.Sweep(run, Of(settings ?? Small), told, cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>Network, optimizer and random state, to the bit.</summary>
    public static IReadOnlyList<string> State(RunParts parts)
    {
        using var snapshot = Snapshot.Take(parts.Network, parts.Optimizer);
        return [.. snapshot.Parts(withAllState: true).Select(part => $"{part.Name} {Convert.ToHexString(part.ToBytes())}")];
    }
}
