using System.Collections.ObjectModel;

namespace Rubato.Runs.Records;

/// <summary>One pass over the training set, as a row of <c>epochs.csv</c>; also the end of a run within one.</summary>
/// <param name="Epoch">
/// Finished epochs; the first is 1. In the last row of a run that came to its end, the epochs of its budget: a fraction, such as 2.5, where
/// that ends within one. The update that finishes an epoch may run on into the next one; <paramref name="Samples"/> has its exact place.
/// </param>
/// <param name="Step">Applied updates so far.</param>
/// <param name="Samples">Training samples seen so far.</param>
/// <param name="TrainLoss">Mean of the losses of the updates since the row before, weighted by their samples.</param>
/// <param name="TestLoss">Mean loss over the test set, in evaluation mode; NaN, as in the file, if there is none.</param>
/// <param name="TestAccuracy">
/// Share of the test set that is classified right, 0..1; NaN, as in the file, if there is none, or targets are no classes.
/// </param>
/// <param name="LearningRate">The rate of the epoch's last update.</param>
/// <param name="Seconds">Wall-clock seconds since the first update began.</param>
/// <remarks>Immutable.</remarks>
public sealed record EpochRecord(
    double Epoch,
    long Step,
    long Samples,
    double TrainLoss,
    double TestLoss,
    double TestAccuracy,
    double LearningRate,
    double Seconds) : TrainingEvent
{
    /// <summary>Mean loss over the validation samples, in evaluation mode; NaN if there are none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>Share of the validation samples that is right, 0..1; NaN if there are none, or targets are no classes.</summary>
    public double ValidationAccuracy { get; init; } = double.NaN;

    /// <summary>The trainer's metrics over the test set, by their names, in their order; empty if it has none.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
