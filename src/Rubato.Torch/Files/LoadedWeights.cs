using System.Collections.Immutable;

namespace Rubato.Torch;

/// <summary>What <see cref="TrainedWeights.Load(TorchSharp.torch.nn.Module, string)"/> has filled, and what not.</summary>
/// <remarks>Immutable. Two are equal only if they share their lists.</remarks>
public sealed record LoadedWeights
{
    /// <summary>How many parameters and buffers the network has; at least 1.</summary>
    public required int Tensors { get; init; }

    /// <summary>The names of those that were filled, in the network's order; at least one.</summary>
    public required ImmutableArray<string> Loaded { get; init; }

    /// <summary>
    /// A sentence each for a person: the tensors that the file lacks, those that the network does not have, those of another shape with
    /// both shapes, and which numbers were converted. Empty if file and network have the same tensors.
    /// </summary>
    public required ImmutableArray<string> Notes { get; init; }
}
