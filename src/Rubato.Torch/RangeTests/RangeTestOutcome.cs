using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Torch.RangeTests;

/// <summary>The result of a range test.</summary>
/// <param name="Test">The sweep.</param>
/// <param name="Variants">
/// One for each pair of momentum and weight decay, in the order asked for; an interruption leaves out the pairs after it.
/// </param>
/// <param name="IsInterrupted">Whether it was interrupted.</param>
/// <param name="BatchSize">The global batch size in samples.</param>
/// <param name="TrainSamples">Training samples of the data set, those held out included.</param>
/// <param name="HeldOutSamples">Training samples that were held out for the accuracy; 0 if the accuracy was not measured.</param>
/// <param name="Samples">Samples that were trained on, over all runs; a sample counts each time.</param>
/// <param name="Seconds">Wall-clock seconds of the whole test.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RangeTestOutcome(
    RangeTest Test,
    ImmutableArray<RangeVariant> Variants,
    bool IsInterrupted,
    long BatchSize,
    int TrainSamples,
    int HeldOutSamples,
    long Samples,
    double Seconds);
