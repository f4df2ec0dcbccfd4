using Rubato.Control;

namespace Rubato.Runs.Records;

/// <summary>How an automatic warm-up found the learning rate, in <c>summary.json</c>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record AutoWarmupRecord : TrainingEvent
{
    /// <summary>The rate that the cooldown's factors multiply, before <see cref="Scale"/>; above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// Why the warm-up ended; <c>minimum</c>, <c>end-of-warm-up</c>, <c>non-finite</c> or <c>rolled-back</c> in the file.
    /// </summary>
    public required AutoWarmupReason Reason { get; init; }

    /// <summary>The update at which the smoothed loss was lowest, from 1; null if the rate was not taken from there.</summary>
    public required double? BestStep { get; init; }

    /// <summary>The probability of the last test that the minimum is past, 0..1; null if no test was made.</summary>
    public required double? Probability { get; init; }

    /// <summary>The number of last tests in a row that found the minimum to be past; at least 0.</summary>
    public required int Verdicts { get; init; }

    /// <summary>Tests made; at least 0.</summary>
    public required long Tests { get; init; }

    /// <summary>Updates of the warm-up; at least 1.</summary>
    public required long Step { get; init; }

    /// <summary>Training samples seen by the warm-up.</summary>
    public required long Samples { get; init; }

    /// <summary>The guard's factor on the rate; above 0, and 1 without a guard.</summary>
    public required double Scale { get; init; }

    /// <summary>Wall-clock seconds that observing and testing took.</summary>
    public required double TestSeconds { get; init; }

    /// <summary>Wall-clock seconds since the first update began.</summary>
    public required double Seconds { get; init; }
}
