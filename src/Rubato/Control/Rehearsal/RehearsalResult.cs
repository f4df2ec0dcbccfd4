using System.Collections.Immutable;

namespace Rubato.Control;

/// <summary>What a <see cref="Rehearsal"/> found, and from what.</summary>
/// <param name="PeakRate">The learning rate to train with at the peak.</param>
/// <param name="Low">The lowest rate of the bracket that lowers the loss.</param>
/// <param name="High">The highest rate of the bracket that does.</param>
/// <param name="StartLoss">
/// The loss of the reference batch before any update; of the bracket's batch where nothing was rehearsed; NaN where nothing was probed.
/// </param>
/// <param name="Runs">
/// The miniature runs that decided, in ascending order of their rates; empty where the budget has no room for them.
/// </param>
/// <param name="Updates">The length of a miniature run.</param>
/// <param name="MicroBatch">The samples of an update of a miniature run.</param>
/// <param name="Samples">What all probing cost, in samples of training; a forward pass alone counts as a third.</param>
/// <param name="TookWeights">Whether training goes on from the weights of the best miniature run.</param>
/// <remarks>Immutable.</remarks>
public sealed record RehearsalResult(
    double PeakRate,
    double Low,
    double High,
    double StartLoss,
    ImmutableArray<RehearsedRun> Runs,
    int Updates,
    int MicroBatch,
    long Samples,
    bool TookWeights);

/// <summary>A rate and what a miniature run with it came to.</summary>
/// <param name="Rate">The peak of the miniature run.</param>
/// <param name="Loss">The reference batch's loss after it; bounded, where the run went wrong.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct RehearsedRun(double Rate, double Loss);
