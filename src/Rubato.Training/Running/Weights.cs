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

    private static TensorEntry Entry(string name, Tensor tensor) => tensor.ScalarType == ScalarType.Int64
        ? new TensorEntry(name, "I64", tensor.Shape, stream => stream.Write(MemoryMarshal.AsBytes(tensor.ToArray<long>().AsSpan())))
        : new TensorEntry(name, "F32", tensor.Shape, stream => stream.Write(MemoryMarshal.AsBytes(tensor.ToArray<float>().AsSpan())));
}
