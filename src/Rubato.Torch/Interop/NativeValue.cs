using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rubato.Torch.Interop;

/// <summary><c>rt_tag</c>.</summary>
internal enum ValueTag
{
    None = 0,
    Tensor = 1,
    Integer = 2,
    Real = 3,
    Boolean = 4,
    IntegerList = 5,
    RealList = 6,
    TensorList = 7,
    Device = 8,
    Text = 9,
}

/// <summary>Room for the entries of a short list.</summary>
[InlineArray(Capacity)]
internal struct ShortList
{
    internal const int Capacity = 8;
    private long _first;
}

/// <summary><c>rt_value</c>: <see cref="Bits"/> is the union.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal ValueTag Tag;
    internal int Length;
    internal long Bits;
    internal ShortList List;
}

/// <summary><c>rt_layout</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeLayout
{
    internal long ElementCount;
    internal ShortList Sizes;
    internal ShortList Strides;
    internal int Dimensions;
    internal int ScalarType;
    internal int Device;
    internal int RequiresGrad;
    internal nint Data;

    /// <summary>Whether another tensor has the same sizes, type, device and order in memory; strides of dimensions of size 1 mean nothing.</summary>
    internal readonly bool IsOrderedLike(in NativeLayout other)
    {
        if (Dimensions != other.Dimensions || ScalarType != other.ScalarType || Device != other.Device)
        {
            return false;
        }

        for (var i = 0; i < Dimensions; i++)
        {
            if (Sizes[i] != other.Sizes[i] || (Sizes[i] > 1 && Strides[i] != other.Strides[i]))
            {
                return false;
            }
        }

        return true;
    }
}
