namespace Rubato.Torch.Tensors;

/// <summary>
/// The ATen operators that Rubato uses, as typed methods: their meaning, shapes and broadcasting are those of the operator of the same
/// name in PyTorch's documentation. Adding one is one line of operator and one method.
/// </summary>
/// <remarks>Each throws <see cref="TorchException"/>, which names the operator, when shapes, types or devices do not fit.</remarks>
public static partial class Ops
{
    private static readonly Operator EmptyOp = new("aten::empty", "memory_format");
    private static readonly Operator ZerosLikeOp = new("aten::zeros_like");
    private static readonly Operator CloneOp = new("aten::clone");
    private static readonly Operator DetachOp = new("aten::detach");
    private static readonly Operator ContiguousOp = new("aten::contiguous");
    private static readonly Operator ToOp = new("aten::to", "device");
    private static readonly Operator ToTypeOp = new("aten::to", "dtype");
    private static readonly Operator CopyOp = new("aten::copy_");
    private static readonly Operator FillOp = new("aten::fill_", "Scalar");
    private static readonly Operator UniformOp = new("aten::uniform_");
    private static readonly Operator NormalOp = new("aten::normal_");

    /// <summary>A tensor of undefined content.</summary>
    /// <param name="shape">The sizes; at most 8.</param>
    /// <param name="type">The elements' type.</param>
    /// <param name="device">Where.</param>
    /// <param name="format">The order in memory; channels-last needs four dimensions.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Empty(
        ReadOnlySpan<long> shape, ScalarType type = ScalarType.Float32, Device device = default, MemoryFormat format = MemoryFormat.Contiguous) =>
        EmptyOp.Call(shape, type, Argument.None, device, Argument.None, format);

    /// <summary>A tensor of zeros.</summary>
    /// <param name="shape">The sizes; at most 8.</param>
    /// <param name="type">The elements' type.</param>
    /// <param name="device">Where.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Zeros(ReadOnlySpan<long> shape, ScalarType type = ScalarType.Float32, Device device = default) =>
        Full(shape, 0, type, device);

    /// <summary>A tensor of one value.</summary>
    /// <param name="shape">The sizes; at most 8.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The elements' type.</param>
    /// <param name="device">Where.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, ScalarType type = ScalarType.Float32, Device device = default)
    {
        var tensor = Empty(shape, type, device);
        Fill(tensor, value);
        return tensor;
    }

    /// <summary>A copy of numbers as a tensor on the CPU.</summary>
    /// <typeparam name="T">The element's type.</typeparam>
    /// <param name="values">The numbers in row-major order; as many as the shape says.</param>
    /// <param name="shape">The sizes; at most 8.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">Their number is not what the shape says.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var type = typeof(T) == typeof(float) ? ScalarType.Float32
            : typeof(T) == typeof(double) ? ScalarType.Float64
            : typeof(T) == typeof(long) ? ScalarType.Int64
            : typeof(T) == typeof(int) ? ScalarType.Int32
            : ScalarType.Byte;
        var tensor = Empty(shape, type);
        var memory = tensor.Data<T>();
        if (memory.Length != values.Length)
        {
            tensor.Dispose();
            throw new ArgumentException($"A tensor of {memory.Length} elements needs as many numbers, got {values.Length}.", nameof(values));
        }

        values.CopyTo(memory);
        return tensor;
    }

    /// <summary>Zeros in the shape, type, memory format and device of another tensor.</summary>
    /// <param name="other">The other tensor.</param>
    /// <returns>The zeros.</returns>
    public static Tensor ZerosLike(Tensor other) => ZerosLikeOp.Call(other);

    /// <summary>A copy with memory of its own, in the same order.</summary>
    /// <param name="tensor">What to copy.</param>
    /// <returns>The copy.</returns>
    public static Tensor Clone(Tensor tensor) => CloneOp.Call(tensor);

    /// <summary>A copy with memory of its own, in the given order.</summary>
    /// <param name="tensor">What to copy.</param>
    /// <param name="format">The order.</param>
    /// <returns>The copy.</returns>
    /// <remarks>
    /// Unlike <see cref="Contiguous"/> it sets the strides of the order even where sizes of 1 leave them open; operators look at those strides to
    /// choose the order of what they return.
    /// </remarks>
    public static Tensor Clone(Tensor tensor, MemoryFormat format) => CloneOp.Call(tensor, format);

    /// <summary>The same memory, outside the graph.</summary>
    /// <param name="tensor">A tensor of the graph.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Detach(Tensor tensor) => DetachOp.Call(tensor);

    /// <summary>The same memory as a tensor of a list, outside the graph: a handle for what a list has received.</summary>
    internal static Tensor Detach(TensorList list, int index) => DetachOp.Call(Argument.Of(list, index));

    /// <summary>The same content in the given order of memory; the tensor itself when it has that already.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="format">The order.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Contiguous(Tensor tensor, MemoryFormat format = MemoryFormat.Contiguous) => ContiguousOp.Call(tensor, format);

    /// <summary>The same content on a device; the tensor itself when it is there already.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="device">The device.</param>
    /// <returns>The tensor.</returns>
    public static Tensor To(Tensor tensor, Device device) => ToOp.Call(tensor, device, TypeOf(tensor));

    /// <summary>The same content as another type; the tensor itself when it has that already.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="type">The type.</param>
    /// <returns>The tensor.</returns>
    public static Tensor To(Tensor tensor, ScalarType type) => ToTypeOp.Call(tensor, type);

    /// <summary>Copies content into a tensor of the same or a broadcastable shape.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="source">What.</param>
    public static void Copy(Tensor target, Tensor source) => CopyOp.CallInPlace(target, source);

    /// <summary>Sets every element.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="value">The value.</param>
    public static void Fill(Tensor tensor, double value) => FillOp.CallInPlace(tensor, value);

    /// <summary>Draws every element uniformly from [low, high) by libtorch's generator.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public static void FillUniform(Tensor tensor, double low, double high) => UniformOp.CallInPlace(tensor, low, high);

    /// <summary>Draws every element from a normal distribution by libtorch's generator.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation; at least 0.</param>
    public static void FillNormal(Tensor tensor, double mean, double deviation) => NormalOp.CallInPlace(tensor, mean, deviation);

    private static ScalarType TypeOf(Tensor tensor) => tensor.ScalarType;
}
