using System.Collections.Immutable;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

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
    /// <summary>The weights that a network has now.</summary>
    /// <param name="network">The network.</param>
    internal BestWeights(Module network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensors = [.. network.state_dict().Select(named => new Stored(
            named.Key, named.Value.dtype, [.. named.Value.shape], named.Value.detach().cpu().contiguous().bytes.ToArray()))];
    }

    /// <summary>The tensors in the network's order.</summary>
    internal ImmutableArray<Stored> Tensors { get; }

    /// <summary>Copies them into a network.</summary>
    /// <param name="network">The network that was trained, or another one of the same structure and type of numbers, on any device.</param>
    /// <exception cref="InvalidInputException">
    /// A tensor is missing or left over, or has another shape or type; all findings at once. Nothing has changed.
    /// </exception>
    public void CopyTo(Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var noGrad = no_grad();
        var left = Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var (findings, pairs) = (new List<Finding>(), new List<(Tensor Tensor, Stored Stored)>());
        foreach (var (name, tensor) in network.state_dict())
        {
            if (!left.Remove(name, out var stored))
            {
                findings.Add($"the best weights have no tensor '{name}'; they belong to another network.");
            }
            else if (stored.Type != tensor.dtype || !stored.Shape.AsSpan().SequenceEqual(tensor.shape))
            {
                findings.Add(
                    $"the tensor '{name}' of the best weights is {stored.Type} ({string.Join(", ", stored.Shape)}), "
                    + $"but the network needs {tensor.dtype} ({string.Join(", ", tensor.shape)}).");
            }
            else
            {
                pairs.Add((tensor, stored));
            }
        }

        findings.AddRange(left.Keys.Select(name => (Finding)$"the best weights have a tensor '{name}' that the network does not have."));
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }

        foreach (var (tensor, stored) in pairs)
        {
            using var scope = NewDisposeScope();
            var values = empty(tensor.shape, tensor.dtype);
            stored.Bytes.CopyTo(values.bytes);
            tensor.copy_(values);
        }
    }

    /// <summary>A tensor in ordinary memory.</summary>
    /// <param name="Name">Its PyTorch name.</param>
    /// <param name="Type">The type of its numbers.</param>
    /// <param name="Shape">Its extents.</param>
    /// <param name="Bytes">Its numbers in the order of the shape; not to be changed.</param>
    internal sealed record Stored(string Name, ScalarType Type, long[] Shape, byte[] Bytes);
}
