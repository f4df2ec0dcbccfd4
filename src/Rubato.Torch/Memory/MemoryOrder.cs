using static TorchSharp.torch;

namespace Rubato.Torch.Memory;

/// <summary>Puts tensors into an order of memory and reads them out of it.</summary>
internal static class MemoryOrder
{
    /// <summary>The content of a tensor in the given order, outside the graph; the same memory if it has that order already.</summary>
    /// <param name="tensor">Any tensor. Only tensors of four dimensions become channels-last; all others become contiguous.</param>
    /// <param name="format">The order.</param>
    /// <returns>A tensor of the caller's dispose scope.</returns>
    /// <remarks>
    /// With one channel both orders are the same memory, and only the strides tell them apart. Operators choose the order of their result
    /// by the strides, so these say channels-last here. Otherwise a batch of one channel would bring a whole network back to contiguous.
    /// </remarks>
    public static Tensor Arrange(Tensor tensor, MemoryFormat format)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var detached = tensor.detach();
        if (format == MemoryFormat.Contiguous || tensor.dim() != 4)
        {
            return detached.contiguous();
        }

        var shape = tensor.shape;
        var (channels, height, width) = (shape[1], shape[2], shape[3]);
        if (channels == 1 || (height == 1 && width == 1))
        {
            using var contiguous = detached.contiguous();
            return contiguous.as_strided(shape, [channels * height * width, 1, width * channels, channels]);
        }

        using var last = detached.permute(0, 2, 3, 1);
        using var ordered = last.contiguous();
        return ordered.permute(0, 3, 1, 2);
    }

    /// <summary>A copy of the elements in row-major order, from any device and in any order of memory.</summary>
    /// <typeparam name="T">The element's type: float, double, long, int or byte.</typeparam>
    /// <param name="tensor">The tensor.</param>
    /// <returns>All elements.</returns>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public static T[] ToArray<T>(Tensor tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var scope = NewDisposeScope();
        return AsSpan<T>(tensor.detach().cpu().contiguous()).ToArray();
    }

    /// <summary>The memory of a dense tensor on the CPU, in the order of its memory.</summary>
    /// <typeparam name="T">The element's type: float, double, long, int or byte.</typeparam>
    /// <param name="tensor">The tensor; keep it alive while the span is used.</param>
    /// <returns>All elements; writing changes the tensor.</returns>
    /// <exception cref="InvalidOperationException">The tensor is not dense, not on the CPU, or of another type.</exception>
    /// <exception cref="OverflowException">It has more elements than a span can hold, 2^31 - 1.</exception>
    public static Span<T> AsSpan<T>(Tensor tensor)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return TensorLayout.Of(tensor).AsSpan<T>();
    }

    /// <summary>A copy of numbers as a tensor on the CPU.</summary>
    /// <typeparam name="T">The element's type: float, double, long, int or byte.</typeparam>
    /// <param name="values">The numbers in row-major order; as many as the shape says.</param>
    /// <param name="shape">The sizes.</param>
    /// <returns>A tensor of the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">Their number is not what the shape says.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var type = typeof(T) == typeof(float) ? ScalarType.Float32
            : typeof(T) == typeof(double) ? ScalarType.Float64
            : typeof(T) == typeof(long) ? ScalarType.Int64
            : typeof(T) == typeof(int) ? ScalarType.Int32
            : ScalarType.Byte;
        var tensor = empty(shape, type);
        var memory = AsSpan<T>(tensor);
        if (memory.Length != values.Length)
        {
            tensor.Dispose();
            throw new ArgumentException(
                $"A tensor of {memory.Length} elements needs as many numbers, got {values.Length}.", nameof(values));
        }

        values.CopyTo(memory);
        return tensor;
    }

    /// <summary>The number in a tensor of one floating-point element; waits for its device.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">There is not exactly one element, or it is no floating-point number.</exception>
    public static unsafe double Number(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var layout = TensorLayout.Of(tensor);
        if (layout.Count != 1 || layout.Type is not (ScalarType.Float32 or ScalarType.Float64))
        {
            throw new ArgumentException(
                $"A number is read from one floating-point element, got {layout.Count} of {layout.Type}.", nameof(tensor));
        }

        float single;
        double number;
        if (layout.Type == ScalarType.Float32)
        {
            StableAbi.Check(StableAbi.aoti_torch_item_float32(tensor.Handle, &single));
            number = single;
        }
        else
        {
            StableAbi.Check(StableAbi.aoti_torch_item_float64(tensor.Handle, &number));
        }

        GC.KeepAlive(tensor);
        return number;
    }
}
