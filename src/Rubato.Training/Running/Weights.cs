using System.Runtime.InteropServices;
using Rubato.Runs.Weights;
using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Training.Running;

/// <summary>A network's parameters and buffers as the tensors of a safetensors file, under PyTorch's names.</summary>
internal static class Weights
{
    internal static IReadOnlyList<TensorEntry> Of(Layer network) =>
        [.. network.StateTensors().Select(named => Entry(named.Key, named.Value))];

    /// <summary>Reads a network's parameters and buffers from a safetensors file.</summary>
    /// <exception cref="InvalidInputException">The file is no such file, or a tensor is missing, has another shape or type, or belongs to nothing.</exception>
    internal static void Load(Layer network, string path)
    {
        using var file = SafeTensorsReader.Open(path);
        using var noGrad = Autograd.NoGrad();
        var stored = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var findings = new List<string>();
        foreach (var (name, tensor) in network.StateTensors())
        {
            var type = NameOf(tensor.ScalarType);
            if (!stored.Remove(name, out var info))
            {
                findings.Add($"'{path}' has no tensor '{name}'; it belongs to another network.");
            }
            else if (info.Type != type || !info.Shape.AsSpan().SequenceEqual(tensor.Shape))
            {
                findings.Add(
                    $"'{path}': the tensor '{name}' is {info.Type} ({string.Join(", ", info.Shape)}), but the network needs {type} ({string.Join(", ", tensor.Shape)}).");
            }
            else
            {
                using var scope = TensorScope.Begin();
                var values = Ops.Empty(tensor.Shape, tensor.ScalarType);
                file.Read(info, MemoryOf(values));
                Ops.Copy(tensor, values);
            }
        }

        findings.AddRange(stored.Keys.Select(name => $"'{path}' has a tensor '{name}' that the network does not have."));
        if (findings.Count > 0)
        {
            throw new InvalidInputException(findings);
        }
    }

    private static TensorEntry Entry(string name, Tensor tensor) => new(name, NameOf(tensor.ScalarType), tensor.Shape, stream => stream.Write(BytesOf(tensor)));

    private static ReadOnlySpan<byte> BytesOf(Tensor tensor) => tensor.ScalarType switch
    {
        ScalarType.Int64 => MemoryMarshal.AsBytes(tensor.ToArray<long>().AsSpan()),
        ScalarType.Float64 => MemoryMarshal.AsBytes(tensor.ToArray<double>().AsSpan()),
        _ => MemoryMarshal.AsBytes(tensor.ToArray<float>().AsSpan()),
    };

    private static Span<byte> MemoryOf(Tensor values) => values.ScalarType switch
    {
        ScalarType.Int64 => MemoryMarshal.AsBytes(values.Data<long>()),
        ScalarType.Float64 => MemoryMarshal.AsBytes(values.Data<double>()),
        _ => MemoryMarshal.AsBytes(values.Data<float>()),
    };

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Int64 => "I64",
        ScalarType.Float64 => "F64",
        _ => "F32",
    };
}
