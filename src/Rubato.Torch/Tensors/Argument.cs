using Rubato.Torch.Interop;

namespace Rubato.Torch.Tensors;

/// <summary>One argument of an <see cref="Operator"/>: whatever converts to it is what an operator takes.</summary>
/// <remarks>Lives on the stack of the call; it keeps the tensor or list it was made from alive. <c>default</c> is <c>None</c>.</remarks>
public readonly struct Argument
{
    internal readonly NativeValue Value;
    internal readonly object? Owner;

    private Argument(ValueTag tag, long bits, object? owner = null, int length = 0)
    {
        Value.Tag = tag;
        Value.Length = length;
        Value.Bits = bits;
        Owner = owner;
    }

    private Argument(ValueTag tag, ReadOnlySpan<long> list)
    {
        if (list.Length > ShortList.Capacity)
        {
            throw new ArgumentException($"A list argument holds at most {ShortList.Capacity} entries, got {list.Length}.", nameof(list));
        }

        Value.Tag = tag;
        Value.Length = list.Length;
        list.CopyTo(Value.List);
    }

    /// <summary>No value: <c>None</c>, an undefined tensor, an optional argument left out.</summary>
    public static Argument None => default;

    /// <summary>One tensor of a list, also of what a list has received.</summary>
    internal static unsafe Argument Of(TensorList list, int index) => new(ValueTag.Tensor, list.Pointer[index], list);

    /// <summary>A tensor; <see langword="null"/> is <see cref="None"/>.</summary>
    /// <param name="tensor">The tensor.</param>
    public static implicit operator Argument(Tensor? tensor) =>
        tensor is null ? default : new(ValueTag.Tensor, tensor.Pointer, tensor);

    /// <summary>A list of tensors.</summary>
    /// <param name="list">The list.</param>
    public static unsafe implicit operator Argument(TensorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new(ValueTag.TensorList, (nint)list.Pointer, list, list.Count);
    }

    /// <summary>An integer, also as a scalar.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(long value) => new(ValueTag.Integer, value);

    /// <summary>A real number, also as a scalar.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Argument(double value) => new(ValueTag.Real, BitConverter.DoubleToInt64Bits(value));

    /// <summary>True or false.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Argument(bool value) => new(ValueTag.Boolean, value ? 1 : 0);

    /// <summary>A short list of integers: sizes, strides, dimensions.</summary>
    /// <param name="values">At most 8 numbers.</param>
    public static implicit operator Argument(ReadOnlySpan<long> values) => new(ValueTag.IntegerList, values);

    /// <summary>A short list of integers: sizes, strides, dimensions.</summary>
    /// <param name="values">At most 8 numbers.</param>
    public static implicit operator Argument(long[] values) => new(ValueTag.IntegerList, values);

    /// <summary>The type of elements.</summary>
    /// <param name="type">The type.</param>
    public static implicit operator Argument(ScalarType type) => new(ValueTag.Integer, (long)type);

    /// <summary>The order of an image batch in memory.</summary>
    /// <param name="format">The order.</param>
    public static implicit operator Argument(MemoryFormat format) => new(ValueTag.Integer, (long)format);

    /// <summary>A device.</summary>
    /// <param name="device">The device.</param>
    public static implicit operator Argument(Device device) => new(ValueTag.Device, device.Packed);
}
