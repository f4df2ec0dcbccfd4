using Rubato.Data;
using Rubato.Data.Augmentations;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Training.Running;

/// <summary>Turns examples into tensors on the device.</summary>
internal sealed class BatchReader(Examples examples, Device device, MemoryFormat format, ScalarType type = ScalarType.Float32)
{
    internal Examples Examples => examples;

    /// <summary>Reads a batch.</summary>
    /// <param name="indices">Which examples.</param>
    /// <returns>Inputs (N, C, H, W) or (N, features) and labels (N), of the caller's scope.</returns>
    internal (Tensor Inputs, Tensor Labels) Read(ReadOnlySpan<int> indices) => Read(indices, Augmentation.None, 0, 0);

    /// <summary>Reads a batch and changes its images.</summary>
    /// <param name="indices">Which examples.</param>
    /// <param name="augmentation">The change.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="position">The start of the batch, in samples of the run. Seed and position determine the change.</param>
    /// <returns>Inputs (N, C, H, W) or (N, features) and labels (N), of the caller's scope.</returns>
    internal (Tensor Inputs, Tensor Labels) Read(ReadOnlySpan<int> indices, Augmentation augmentation, long seed, long position)
    {
        var shape = examples.Shape;
        Span<long> sizes = stackalloc long[shape.Length + 1];
        sizes[0] = indices.Length;
        for (var i = 0; i < shape.Length; i++)
        {
            sizes[i + 1] = shape[i];
        }

        var inputs = empty(sizes);
        var values = MemoryOrder.AsSpan<float>(inputs);
        examples.Read(indices, values);
        augmentation.Apply(values, shape, seed, position);
        var labels = empty([indices.Length], ScalarType.Int64);
        examples.ReadLabels(indices, MemoryOrder.AsSpan<long>(labels));
        return (MemoryOrder.Arrange(inputs.to(type, device), format), labels.to(device));
    }
}
