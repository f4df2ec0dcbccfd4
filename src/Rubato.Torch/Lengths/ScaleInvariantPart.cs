using System.Collections.Immutable;
using Rubato.Torch.Layers;
using TorchSharp.Modules;

namespace Rubato.Torch.Lengths;

/// <summary>Weights whose common length has no effect on the network's function, and what is as long as they are.</summary>
/// <param name="Names">The weights' full names, in their order.</param>
/// <param name="Weights">The weights: <c>L(c w) = L(w)</c> for any c above 0, all of them scaled alike.</param>
/// <param name="Biases">
/// Biases between them and a normalization, which takes them away: they have no gradient, and only the running mean follows them.
/// </param>
/// <param name="Normalizations">The normalizations that take the factor away.</param>
/// <remarks>Immutable; the tensors belong to the network.</remarks>
public sealed record ScaleInvariantPart(
    ImmutableArray<string> Names,
    ImmutableArray<Parameter> Weights,
    ImmutableArray<Parameter> Biases,
    ImmutableArray<GhostBatchNorm> Normalizations);
