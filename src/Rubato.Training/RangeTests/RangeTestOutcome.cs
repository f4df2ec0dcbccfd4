using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Training.RangeTests;

/// <summary>What a range test came to.</summary>
/// <param name="Test">The sweep.</param>
/// <param name="Variants">
/// One for each pair of momentum and weight decay that was tried, in the order asked for; those that an interruption prevented are missing.
/// </param>
/// <param name="IsInterrupted">Whether it was interrupted.</param>
/// <param name="BatchSize">The global batch size in samples.</param>
/// <param name="TrainSamples">Training samples of the data set, those held out included.</param>
/// <param name="HeldOutSamples">Training samples that were held out for the accuracy; 0 where it was not measured.</param>
/// <param name="Samples">Samples that were trained on, over all runs.</param>
/// <param name="Seconds">How long it took.</param>
/// <remarks>Immutable.</remarks>
public sealed record RangeTestOutcome(
    RangeTest Test,
    ImmutableArray<RangeVariant> Variants,
    bool IsInterrupted,
    long BatchSize,
    int TrainSamples,
    int HeldOutSamples,
    long Samples,
    double Seconds);
