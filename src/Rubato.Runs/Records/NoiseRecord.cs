using System.Text.Json.Serialization;

namespace Rubato.Runs.Records;

/// <summary>A measurement of the gradient's noise, as a line of <c>noise.jsonl</c>.</summary>
/// <param name="Step">The update that it was made at, from 1.</param>
/// <param name="Samples">Training samples seen, this update included.</param>
/// <param name="Batch">Samples in the update's global batch.</param>
/// <param name="SquaredNorm">This update's estimate of <c>|G|^2</c>; may be negative.</param>
/// <param name="Trace">Its estimate of <c>tr(Sigma)</c>; may be negative.</param>
/// <param name="NoiseScale">The noise scale in samples that follows from the averages so far; null where they have no answer yet.</param>
/// <remarks>Immutable.</remarks>
[method: JsonConstructor]
public readonly record struct NoiseRecord(long Step, long Samples, long Batch, double SquaredNorm, double Trace, double? NoiseScale = null);
