using Rubato.Runs.Weights;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Running;

/// <summary>A network's parameters and buffers as the tensors of a safetensors file, under PyTorch's names.</summary>
internal static class Weights
{
    internal static IReadOnlyList<TensorEntry> Of(Module network) =>
        [.. network.state_dict().Select(named => Entry(named.Key, named.Value))];

    /// <summary>The same of weights that were kept.</summary>
    internal static IReadOnlyList<TensorEntry> Of(BestWeights weights) =>
    [
        .. weights.Tensors.Select(tensor => TensorEntry.From(tensor.Name, ElementName.Of(tensor.Type), tensor.Shape, tensor.Bytes)),
    ];

    /// <summary>
    /// Reads a network's parameters and buffers from a safetensors file. Tensors that fit are filled even if others do not: after an
    /// exception the network is of no use.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The file is no safetensors file, a tensor is missing or left over, or one has another shape or type.
    /// </exception>
    internal static void Load(Module network, string path)
    {
        using var file = SafeTensorsReader.Open(path);
        using var noGrad = no_grad();
        var stored = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (var (name, tensor) in network.state_dict())
        {
            var type = ElementName.Of(tensor.dtype);
            if (!stored.Remove(name, out var info))
            {
                findings.Add($"'{path}' has no tensor '{name}'; it belongs to another network.");
            }
            else if (info.Type != type || !info.Shape.AsSpan().SequenceEqual(tensor.shape))
            {
                findings.Add(
                    $"'{path}': the tensor '{name}' is {info.Type} ({string.Join(", ", info.Shape)}), "
                    + $"but the network needs {type} ({string.Join(", ", tensor.shape)}).");
            }
            else
            {
                using var scope = NewDisposeScope();
                var values = empty(tensor.shape, tensor.dtype);
                file.Read(info, values.bytes);
                tensor.copy_(values);
            }
        }

        findings.AddRange(stored.Keys.Select(
            name => new Finding($"'{path}'", null, $"has a tensor '{name}' that the network does not have")));
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }

    private static TensorEntry Entry(string name, Tensor tensor) =>
        new(name, ElementName.Of(tensor.dtype), tensor.shape, stream => stream.Write(BytesOf(tensor)));

    // In the order of the shape, whatever the order in memory is.
    private static byte[] BytesOf(Tensor tensor)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return tensor.detach().cpu().contiguous().bytes.ToArray();
    }
}
