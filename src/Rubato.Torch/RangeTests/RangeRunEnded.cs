using Rubato.RangeTests;
using Rubato.Runs.Records;

namespace Rubato.Torch.RangeTests;

/// <summary>A run of a range test has ended.</summary>
/// <param name="Curve">The measured losses, by rate.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RangeRunEnded(RangeCurve Curve) : TrainingEvent;
