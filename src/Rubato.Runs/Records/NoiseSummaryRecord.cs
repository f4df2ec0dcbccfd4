namespace Rubato.Runs.Records;

/// <summary>What the measurements of the gradient's noise came to, in <c>summary.json</c>.</summary>
/// <param name="Measurements">How many there were.</param>
/// <param name="NoiseScale">The averaged noise scale in samples at the end of the run; null where the averages had no answer.</param>
/// <param name="Batch">The global batch of the last update that was measured.</param>
/// <remarks>Immutable.</remarks>
public sealed record NoiseSummaryRecord(long Measurements, double? NoiseScale, long Batch);
