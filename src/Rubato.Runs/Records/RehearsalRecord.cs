using System.Collections.Immutable;
using Rubato.Control;

namespace Rubato.Runs.Records;

/// <summary>How the learning rate was found before the run, in <c>summary.json</c>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RehearsalRecord : TrainingEvent
{
    /// <summary>The rate that was chosen; above 0.</summary>
    public required double PeakLearningRate { get; init; }

    /// <summary>The lowest rate at which the loss fell; above 0.</summary>
    public required double LowestUsable { get; init; }

    /// <summary>The highest rate at which the loss fell; above 0.</summary>
    public required double HighestUsable { get; init; }

    /// <summary>The loss before any update; NaN if nothing was probed.</summary>
    public required double StartLoss { get; init; }

    /// <summary>The miniature runs that decided; empty if the budget had no room for them.</summary>
    public required ImmutableArray<RehearsedRunRecord> Runs { get; init; }

    /// <summary>The length of a miniature run in updates.</summary>
    public required int Updates { get; init; }

    /// <summary>The samples of one update of a miniature run.</summary>
    public required int MicroBatch { get; init; }

    /// <summary>How often each miniature run was made, on other samples each time; at least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The cost of the probing in samples of training; at least 0.</summary>
    public required long Samples { get; init; }

    /// <summary>The part of it that the run's budget is shortened by; at least 0.</summary>
    public long PaidSamples { get; init; }

    /// <summary>The same cost as a share of the budget; above 1 where a small run is rehearsed outside its budget.</summary>
    public required double Share { get; init; }

    /// <summary>Whether the run began with the weights of the best miniature run.</summary>
    public required bool TookWeights { get; init; }

    /// <summary>What speaks against the rate.</summary>
    public RehearsalDoubt Doubt { get; init; }

    /// <summary>Wall-clock seconds that the probing took.</summary>
    public required double Seconds { get; init; }
}

/// <summary>A miniature run.</summary>
/// <param name="LearningRate">Its peak.</param>
/// <param name="Score">What it is compared by, from a reference batch; lower is better.</param>
/// <remarks>Immutable.</remarks>
public sealed record RehearsedRunRecord(double LearningRate, double Score) : TrainingEvent;
