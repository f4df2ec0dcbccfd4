using System.Collections.ObjectModel;

namespace Rubato.Runs.Records;

/// <summary>What a run came to: <c>summary.json</c>.</summary>
/// <remarks>
/// Immutable. A number that was not measured before the run ended is NaN, and <c>null</c> in the file.
/// </remarks>
public sealed record RunSummary : TrainingEvent
{
    /// <summary>How the run ended; <c>completed</c>, <c>interrupted</c>, <c>diverged</c> or <c>failed</c> in the file.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Share of the test set that is classified right at the end, 0..1; NaN if never evaluated.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Mean loss over the test set at the end.</summary>
    public required double TestLoss { get; init; }

    /// <summary>Mean loss over the validation samples at the end; NaN if there are none, or they were never evaluated.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>Share of the validation samples that is right at the end, 0..1; NaN as the loss, or if targets are no classes.</summary>
    public double ValidationAccuracy { get; init; } = double.NaN;

    /// <summary>The best epoch; null if the best weights are not kept, or what is watched was never a number.</summary>
    public BestRecord? Best { get; init; }

    /// <summary>Whether the run ended before its budget was used up, since there was no new best for long; it is completed, too.</summary>
    public bool StoppedEarly { get; init; }

    /// <summary>The trainer's metrics over the test set at the end, by their names, in their order; empty if none were measured.</summary>
    public IReadOnlyDictionary<string, double> Metrics
    {
        get;

        // Null comes from a file without the key; all that are empty are equal.
        init => field = value is { Count: > 0 } ? value : ReadOnlyDictionary<string, double>.Empty;
    }
        = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>
    /// The folder of the checkpoint of the run's end, from which it can go on; null if none was written. See <see cref="RunFolder"/>.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>The part of <see cref="Seconds"/> that writing checkpoints has taken; NaN if none were to be written.</summary>
    public double SavingSeconds { get; init; } = double.NaN;

    /// <summary>Mean training loss of the last epoch's updates, weighted by their samples.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Applied optimizer updates.</summary>
    public required long Updates { get; init; }

    /// <summary>Training samples seen.</summary>
    public required long Samples { get; init; }

    /// <summary>Wall-clock seconds from the first update to the end of the last evaluation.</summary>
    public required double Seconds { get; init; }

    /// <summary>The highest learning rate of any update.</summary>
    public required double PeakLearningRate { get; init; }

    /// <summary>How often the guard went back to a snapshot; 0 without a guard.</summary>
    public int Rollbacks { get; init; }

    /// <summary>
    /// Share of the updates whose gradient was clipped, 0..1; null in runs without clipping, and before the first update.
    /// </summary>
    public double? ClippedShare { get; init; }

    /// <summary>What the network's weights began as, where a file was given; null where none was.</summary>
    public InitRecord? Init { get; init; }

    /// <summary>How the learning rate was found; null where it was given.</summary>
    public RehearsalRecord? Rehearsal { get; init; }

    /// <summary>How a range test found the bounds of the learning rate; null where they were given, or the run ended before.</summary>
    public RangeTestRecord? RangeTest { get; init; }

    /// <summary>How an automatic warm-up found the learning rate; null where there was none, or the run ended before.</summary>
    public AutoWarmupRecord? AutoWarmup { get; init; }

    /// <summary>What was measured of the gradient's noise; null where nothing was.</summary>
    public NoiseSummaryRecord? Noise { get; init; }

    /// <summary>How weight decay was run as a growing rate; null where it was not.</summary>
    public ExponentialRecord? Exponential { get; init; }

    /// <summary>The processes that trained together; null if the run was made by one.</summary>
    public PeersRecord? Peers { get; init; }

    /// <summary>The run's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The data set as it was asked for, e.g. <c>mnist:data/mnist</c>.</summary>
    public required string Data { get; init; }

    /// <summary>SHA-256 over the data set's content, hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>The network as it was asked for, e.g. <c>mlp(256, 128, norm batch)</c>.</summary>
    public required string Network { get; init; }

    /// <summary>Trained numbers in the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>The optimizer as it was asked for.</summary>
    public required string Optimizer { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Threads inside an operator.</summary>
    public required int Threads { get; init; }

    /// <summary><c>contiguous</c> or <c>channels-last</c>.</summary>
    public required string MemoryFormat { get; init; }

    /// <summary>Versions of what computed the run: <c>rubato</c>, <c>libtorch</c>, <c>dotnet</c>.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }
}
