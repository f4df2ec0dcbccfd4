namespace Rubato.Torch;

/// <summary>How far a run has come, for a progress bar or a line on the screen.</summary>
/// <remarks>Immutable.</remarks>
public sealed record TrainingProgress
{
    /// <summary>Applied updates; 0 if the very first one diverged.</summary>
    public required long Updates { get; init; }

    /// <summary>Updates of the whole run; null if they are not known, since measurements let the batch grow.</summary>
    public required long? TotalUpdates { get; init; }

    /// <summary>The share of the budget that is used up, in samples, 0..1. A rehearsal before the run does not count.</summary>
    public required double Share { get; init; }

    /// <summary>Passes over the training set so far; a fraction within a pass.</summary>
    public required double Epoch { get; init; }

    /// <summary>Passes over the training set in the whole run; a fraction if the run ends within a pass.</summary>
    public required double Epochs { get; init; }

    /// <summary>The mean training loss over the batch of the last update; may be non-finite.</summary>
    public required double Loss { get; init; }

    /// <summary>The learning rate of the last update.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean loss over the held-out samples at the end of the last epoch; null if there was none.</summary>
    public required double? HeldOutLoss { get; init; }

    /// <summary>
    /// The share of held-out samples that were right at the end of the last epoch, 0..1; null if there was none, or targets are no classes.
    /// </summary>
    public required double? Accuracy { get; init; }

    /// <summary>The time since the first update began, evaluation included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The time that is left if samples go on at the mean pace so far, evaluation included; null before the first applied update, and if it
    /// is longer than a <see cref="TimeSpan"/> can be.
    /// </summary>
    public required TimeSpan? Remaining { get; init; }
}
