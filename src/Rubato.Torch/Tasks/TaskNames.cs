namespace Rubato.Torch.Tasks;

/// <summary>The names of a training's parts in records and on the screen.</summary>
/// <param name="Data">The data set, as <c>mnist:DIR</c>.</param>
/// <param name="Network">The network, as <c>mlp(256, 128)</c>.</param>
/// <param name="Optimizer">The optimizer, as <c>lamb</c>.</param>
/// <param name="DataHash">What tells the samples from others, such as their SHA-256; empty if nobody knows.</param>
/// <remarks>Immutable.</remarks>
internal sealed record TaskNames(string Data, string Network, string Optimizer, string DataHash);
