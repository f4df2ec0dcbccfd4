using System.Collections.Immutable;

namespace Rubato.Runs.Records;

/// <summary>How the learning rate was found before the run, in <c>summary.json</c>.</summary>
/// <param name="PeakLearningRate">The rate that was chosen.</param>
/// <param name="LowestUsable">The lowest rate at which the loss fell.</param>
/// <param name="HighestUsable">The highest one.</param>
/// <param name="StartLoss">The loss before any update.</param>
/// <param name="Runs">The miniature runs that decided; empty where the budget had no room for them.</param>
/// <param name="Updates">The length of a miniature run.</param>
/// <param name="MicroBatch">The samples of its updates.</param>
/// <param name="Samples">What the probing cost, in samples of training, taken off the run's budget.</param>
/// <param name="Share">The same as a share of the budget.</param>
/// <param name="TookWeights">Whether the run began with the weights of the best miniature run.</param>
/// <param name="Seconds">How long it took.</param>
/// <remarks>Immutable.</remarks>
public sealed record RehearsalRecord(
    double PeakLearningRate,
    double LowestUsable,
    double HighestUsable,
    double StartLoss,
    ImmutableArray<RehearsedRunRecord> Runs,
    int Updates,
    int MicroBatch,
    long Samples,
    double Share,
    bool TookWeights,
    double Seconds) : TrainingEvent;

/// <summary>A miniature run.</summary>
/// <param name="LearningRate">Its peak.</param>
/// <param name="Loss">The loss of the reference batch after it.</param>
/// <remarks>Immutable.</remarks>
public sealed record RehearsedRunRecord(double LearningRate, double Loss) : TrainingEvent;
