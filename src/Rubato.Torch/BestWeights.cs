using System.Collections.Immutable;
using Rubato.Runs.Weights;
using Rubato.Torch.Running;
using static TorchSharp.torch.nn;

namespace Rubato.Torch;

/// <summary>
/// The parameters and buffers that a network had at the end of its best epoch, in ordinary memory: nothing is to be disposed.
/// </summary>
/// <remarks>
/// Of a run in exponential form they have the scale of weight decay, as its last weights have. Immutable and safe for use by several
/// threads.
/// </remarks>
public sealed class BestWeights
{
    internal BestWeights(Module network) => Tensors = [.. Weights.Copied(network)];

    /// <summary>The tensors by their PyTorch names.</summary>
    internal ImmutableArray<TensorEntry> Tensors { get; }

    /// <summary>Copies them into a network.</summary>
    /// <param name="network">The network that was trained, or another one of the same structure and type of numbers, on any device.</param>
    /// <exception cref="InvalidInputException">
    /// A tensor is missing or left over, or has another shape or type; all findings at once. Nothing has changed.
    /// </exception>
    public void CopyTo(Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Weights.Fill(network, Tensors);
    }
}
