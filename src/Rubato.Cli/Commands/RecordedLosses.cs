namespace Rubato.Cli.Commands;

/// <summary>The losses of a run, and what is known of its batches.</summary>
/// <param name="Losses">One an update, from the first on.</param>
/// <param name="BatchSize">
/// Samples in a batch, where all have as many; otherwise 1: a batch is then the unit in which epochs are counted.
/// </param>
/// <param name="SamplesPerEpoch">Of these samples; null where it is not known.</param>
/// <remarks>Immutable.</remarks>
internal sealed record RecordedLosses(IReadOnlyList<double> Losses, long BatchSize = 1, long? SamplesPerEpoch = null);
