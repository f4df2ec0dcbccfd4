using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Torch.Checkpoints;

/// <summary>What a run has seen so far, as far as its records need it later.</summary>
internal sealed record CourseState
{
    /// <summary>Wall-clock seconds since the first update began, pauses left out.</summary>
    public required double Seconds { get; init; }

    /// <summary>The part of them that writing checkpoints has taken.</summary>
    public required double SavingSeconds { get; init; }

    /// <summary>What the loop counts.</summary>
    public required LoopCounts Counts { get; init; }

    /// <summary>The sum of losses times samples since the last end of an epoch.</summary>
    public required double LossSum { get; init; }

    /// <summary>The samples of <see cref="LossSum"/>.</summary>
    public required long LossSamples { get; init; }

    /// <summary>The highest rate of any update.</summary>
    public required double PeakLearningRate { get; init; }

    /// <summary>The rate of the next update, which another plan is compared with.</summary>
    public required double NextLearningRate { get; init; }

    /// <summary>The mean training loss of the last epoch; NaN before the first.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>The held-out loss of the last evaluation; NaN if there was none.</summary>
    public required double TestLoss { get; init; }

    /// <summary>The accuracy of the last evaluation; NaN if there was none.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>The metrics of the last evaluation, in their order.</summary>
    public required double[] Metrics { get; init; }

    /// <summary>The validation loss of the last evaluation; NaN if there was none.</summary>
    public required double ValidationLoss { get; init; }

    /// <summary>The validation accuracy of the last evaluation; NaN if there was none.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>What is remembered of the best epoch.</summary>
    public required BestEpochState Best { get; init; }

    /// <summary>The averages of the gradient's noise.</summary>
    public required NoiseAverage Noise { get; init; }

    /// <summary>The batch of the last measurement of the noise; 0 if there was none.</summary>
    public required long NoiseBatch { get; init; }

    /// <summary>The rate that an automatic warm-up found; null if it has found none.</summary>
    public required AutoWarmupRecord? AutoWarmup { get; init; }

    /// <summary>What is wrong with it, to follow the words "the saved"; null if nothing is.</summary>
    internal string? Finding() =>
        !(double.IsFinite(Seconds) && SavingSeconds >= 0 && Seconds >= SavingSeconds)
            ? $"course took {Seconds} seconds, {SavingSeconds} of them for checkpoints; there must be at least 0"
        : !Counts.IsPossible ? $"course has impossible counts ({Counts})"
        : Best.Since < 0 || (Best.Best is { } best && !Enum.IsDefined(best.Watched))
            ? $"course has {Best.Since} epochs since the best one, which was watched by {Best.Best?.Watched}"
        : LossSamples < 0 || NoiseBatch < 0
            ? $"course has losses of {LossSamples} samples and a batch of {NoiseBatch}; both must be at least 0"
        : null;
}
