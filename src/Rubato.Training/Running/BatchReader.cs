using Rubato.Data;
using Rubato.Torch.Tensors;

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
    /// <param name="position">Where the batch begins, in samples since the start of the run: what the change is drawn by.</param>
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

        // With one channel both orders are the same bytes, but only the strides of channels-last make the operators go on in it.
        var order = shape.Length == 3 ? format : MemoryFormat.Contiguous;
        var inputs = Ops.Empty(sizes, format: shape[0] == 1 ? order : MemoryFormat.Contiguous);
        var values = inputs.Data<float>();
        examples.Read(indices, values);
        augmentation.Apply(values, shape, seed, position);
        var labels = Ops.Empty([indices.Length], ScalarType.Int64);
        examples.ReadLabels(indices, labels.Data<long>());
        inputs = Ops.To(inputs, type);
        return (Placed(inputs, shape[0] == 1 ? MemoryFormat.Contiguous : order), Placed(labels, MemoryFormat.Contiguous));
    }

    private Tensor Placed(Tensor tensor, MemoryFormat wanted)
    {
        var moved = device.IsCuda ? Ops.To(tensor, device) : tensor;
        return wanted == MemoryFormat.Contiguous ? moved : Ops.Contiguous(moved, wanted);
    }
}
