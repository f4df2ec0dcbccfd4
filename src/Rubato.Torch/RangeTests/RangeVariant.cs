using System.Collections.Immutable;
using Rubato.RangeTests;

namespace Rubato.Torch.RangeTests;

/// <summary>A range test with one momentum and one weight decay, over all repeats.</summary>
/// <param name="Momentum">The momentum as it was asked for; null if the optimizer has none.</param>
/// <param name="WeightDecay">The weight decay as it was asked for.</param>
/// <param name="Runs">One curve a repeat, in the order of the seeds; not empty. The last one may be interrupted.</param>
/// <param name="Suggestion">The answer.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RangeVariant(Schedule? Momentum, Schedule WeightDecay, ImmutableArray<RangeCurve> Runs, RangeSuggestion Suggestion);
