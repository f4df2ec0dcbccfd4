using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>What a run came to.</summary>
/// <remarks>Immutable. Two are equal only if they share their notes and their best weights.</remarks>
public sealed record TrainingRun
{
    internal TrainingRun(RunSummary summary, string? folder, IReadOnlyList<string> notes, BestWeights? best) =>
        (Summary, Folder, Notes, BestWeights) = (summary, folder, notes, best);

    /// <summary>
    /// All that is known of it, as <c>summary.json</c> has it: with NaN for what was not measured, where this record has null.
    /// </summary>
    public RunSummary Summary { get; }

    /// <summary>The run folder; null if nothing was written.</summary>
    public string? Folder { get; }

    /// <summary>
    /// What can be done but is seldom meant, such as a batch above the training set: sentences for a person; none for most runs.
    /// </summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How it ended.</summary>
    public RunStatus Status => Summary.Status;

    /// <summary>
    /// The share of held-out samples whose largest output is the target's, 0..1; null if none were evaluated, or targets are no classes.
    /// </summary>
    public double? Accuracy => Known(Summary.TestAccuracy);

    /// <summary>The mean loss over the held-out samples at the end; null if none were evaluated.</summary>
    public double? Loss => Known(Summary.TestLoss);

    /// <summary>The mean loss over the validation samples at the end; null if there are none.</summary>
    public double? ValidationLoss => Known(Summary.ValidationLoss);

    /// <summary>
    /// The share of validation samples that is right at the end, 0..1; null if there are none, or targets are no classes.
    /// </summary>
    public double? ValidationAccuracy => Known(Summary.ValidationAccuracy);

    /// <summary>
    /// The best epoch by <see cref="TrainerSettings.Best"/>; null if that is not asked for, or what is watched was never a number.
    /// </summary>
    public BestRecord? Best => Summary.Best;

    /// <summary>
    /// The weights at the end of the best epoch, whether or not there is a folder: <c>run.BestWeights?.CopyTo(network)</c>. The network
    /// itself keeps the last ones. Null as <see cref="Best"/>.
    /// </summary>
    public BestWeights? BestWeights { get; }

    /// <summary>Whether the run ended before its budget was used up, by <see cref="TrainerSettings.StopEarly"/>.</summary>
    public bool StoppedEarly => Summary.StoppedEarly;

    /// <summary>The trainer's metrics over the held-out samples at the end, by their names; empty if none were measured.</summary>
    public IReadOnlyDictionary<string, double> Metrics => Summary.Metrics;

    /// <summary>The mean training loss of the last epoch's updates; null if there was none.</summary>
    public double? TrainLoss => Known(Summary.TrainLoss);

    /// <summary>The highest learning rate of any update.</summary>
    public double PeakLearningRate => Summary.PeakLearningRate;

    /// <summary>Applied updates.</summary>
    public long Updates => Summary.Updates;

    /// <summary>Why the run ended before its plan did; null if it was completed, or was interrupted.</summary>
    public string? Reason => Status switch
    {
        RunStatus.Diverged when Updates == 0 =>
            "the loss was not finite before any update; look for numbers that are not finite in the samples and in the weights.",
        RunStatus.Diverged => "the loss was not finite, and no guard went back.",
        RunStatus.Failed => Summary.RangeTest?.Reason,
        _ => null,
    };

    private static double? Known(double value) => double.IsNaN(value) ? null : value;
}
