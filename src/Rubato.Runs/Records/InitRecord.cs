namespace Rubato.Runs.Records;

/// <summary>From which file a network's weights were loaded before the run, in <c>summary.json</c>.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Loaded">How many of the network's parameters and buffers it has filled; at least 1.</param>
/// <param name="Tensors">How many parameters and buffers the network has.</param>
/// <remarks>Immutable.</remarks>
public sealed record InitRecord(string Path, int Loaded, int Tensors);
