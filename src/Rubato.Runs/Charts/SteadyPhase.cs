using Rubato.Rewrites;

namespace Rubato.Runs.Charts;

/// <summary>
/// A part of a run in which learning rate, momentum, weight decay and batch size are constant, and the exponential rate has come to a
/// steady growth.
/// </summary>
/// <param name="From">Samples seen before it.</param>
/// <param name="First">The first update's exponential rate, as a decimal logarithm.</param>
/// <param name="Last">The last update's; the phase ends with its samples.</param>
/// <param name="Growth">How it grows.</param>
/// <param name="UpdatesPerEpoch">The updates of an epoch; null where the size of the training set is not known.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct SteadyPhase(long From, PlanExtreme First, PlanExtreme Last, SteadyGrowth Growth, double? UpdatesPerEpoch)
{
    /// <summary>
    /// The natural logarithm of the factor by which the rate grows in an epoch; null where the size of the training set is not known.
    /// </summary>
    public double? LogFactorPerEpoch => 2 * UpdatesPerEpoch * Growth.LogGrowth;
}
