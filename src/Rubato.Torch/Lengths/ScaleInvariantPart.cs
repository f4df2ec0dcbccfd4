using System.Collections.Immutable;
using TorchSharp.Modules;

namespace Rubato.Torch.Lengths;

/// <summary>Weights whose common length has no effect on the network's function, and the layers that this length passes.</summary>
/// <param name="Names">The weights' full names, in their order.</param>
/// <param name="Weights">The weights: <c>L(c w) = L(w)</c> for any c above 0, all of them scaled alike.</param>
/// <param name="Biases">
/// Biases between the weights and a normalization. The normalization subtracts them again, so they have no gradient and change only its
/// running mean. A bias that is not trained may be among them, too.
/// </param>
/// <remarks>Immutable; the tensors belong to the network.</remarks>
public sealed record ScaleInvariantPart(
    ImmutableArray<string> Names, ImmutableArray<Parameter> Weights, ImmutableArray<Parameter> Biases)
{
    /// <summary>The normalizations that take the factor away; at least one.</summary>
    internal ImmutableArray<ScaledNormalization> Normalizations { get; init; } = [];
}
