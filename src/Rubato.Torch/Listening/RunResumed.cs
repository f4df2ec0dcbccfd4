using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>A run goes on from a checkpoint, or begins anew if it was ended before it had written one.</summary>
/// <remarks>Immutable. Two are equal only if they share their notes.</remarks>
public sealed record RunResumed : TrainingEvent
{
    /// <summary>The checkpoint's folder; null if there is none, so that the run begins anew.</summary>
    public required string? Checkpoint { get; init; }

    /// <summary>Applied updates before it.</summary>
    public required long Updates { get; init; }

    /// <summary>Samples seen by them; on the clock of the plan that is followed now.</summary>
    public required long Samples { get; init; }

    /// <summary>Passes over the training set before it.</summary>
    public required double Epoch { get; init; }

    /// <summary>The rate of the next update; NaN if the run begins anew.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Sentences for a person: newer checkpoints that are damaged, and what another plan changes; none for most runs.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
