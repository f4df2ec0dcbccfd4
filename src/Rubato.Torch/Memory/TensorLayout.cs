using static TorchSharp.torch;

namespace Rubato.Torch.Memory;

/// <summary>How a tensor lies in memory: its type, sizes and strides, read without a copy.</summary>
/// <remarks>It points into the tensor: do not use it after the tensor was freed or resized.</remarks>
internal readonly unsafe struct TensorLayout
{
    private const int Cpu = 0;
    private readonly long* _sizes;
    private readonly long* _strides;
    private readonly void* _data;
    private readonly int _device;

    private TensorLayout(nint tensor)
    {
        // The interface gives its answers through pointers, and a struct's own fields have no address.
        long count, dimensions;
        int type, device;
        long* sizes;
        long* strides;
        StableAbi.Check(StableAbi.aoti_torch_get_numel(tensor, &count));
        StableAbi.Check(StableAbi.aoti_torch_get_dim(tensor, &dimensions));
        StableAbi.Check(StableAbi.aoti_torch_get_dtype(tensor, &type));
        StableAbi.Check(StableAbi.aoti_torch_get_device_type(tensor, &device));
        StableAbi.Check(StableAbi.aoti_torch_get_sizes(tensor, &sizes));
        StableAbi.Check(StableAbi.aoti_torch_get_strides(tensor, &strides));
        (Count, Dimensions, Type, _device) = (count, (int)dimensions, (ScalarType)type, device);
        _sizes = sizes;
        _strides = strides;
        void* data = null;
        if (device == Cpu)
        {
            StableAbi.Check(StableAbi.torch_get_mutable_data_ptr(tensor, &data));
        }

        _data = data;
    }

    /// <summary>How many elements there are.</summary>
    internal long Count { get; }

    /// <summary>How many dimensions there are.</summary>
    internal int Dimensions { get; }

    /// <summary>The elements' type.</summary>
    internal ScalarType Type { get; }

    /// <summary>Where the first element lies, on the CPU; null on other devices.</summary>
    internal void* Data => _data;

    /// <summary>Elements of one entry of the first dimension; all of them if there is no dimension.</summary>
    internal long RowLength => Dimensions == 0 || _sizes[0] == 0 ? Count : Count / _sizes[0];

    /// <summary>Whether each entry of the first dimension lies in one piece, one after the other: in both memory formats.</summary>
    internal bool HasRows => Dimensions == 0 || _sizes[0] <= 1 || _strides[0] == RowLength;

    /// <summary>Whether it lies on the CPU without gaps or overlaps, so that all elements are one span.</summary>
    internal bool IsDense => _device == Cpu && HasNoGaps;

    internal static TensorLayout Of(Tensor tensor) => new(tensor.Handle);

    /// <summary>Whether two tensors begin at the same place in memory, on any device.</summary>
    internal static bool IsSameMemory(Tensor a, Tensor b)
    {
        void* first;
        void* second;
        StableAbi.Check(StableAbi.torch_get_mutable_data_ptr(a.Handle, &first));
        StableAbi.Check(StableAbi.torch_get_mutable_data_ptr(b.Handle, &second));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return first == second;
    }

    /// <summary>
    /// Whether another tensor has the same sizes, type and order in memory; strides of dimensions of size 1 mean nothing.
    /// </summary>
    internal bool IsOrderedLike(in TensorLayout other)
    {
        if (Dimensions != other.Dimensions || Type != other.Type || _device != other._device)
        {
            return false;
        }

        for (var i = 0; i < Dimensions; i++)
        {
            if (_sizes[i] != other._sizes[i] || (_sizes[i] > 1 && _strides[i] != other._strides[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>All elements in the order of memory.</summary>
    /// <exception cref="InvalidOperationException">The tensor is not dense on the CPU, or has another type.</exception>
    internal Span<T> AsSpan<T>()
        where T : unmanaged
    {
        if (!IsDense)
        {
            throw new InvalidOperationException("The tensor has no memory to read: it is not dense, or not on the CPU.");
        }

        return Type == TypeOf<T>()
            ? new Span<T>(_data, checked((int)Count))
            : throw new InvalidOperationException($"The tensor holds {Type}, not {typeof(T).Name}.");
    }

    private static ScalarType TypeOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(byte) ? ScalarType.Byte
        : throw new InvalidOperationException($"Tensors hold no {typeof(T).Name}.");

    /// <summary>
    /// Whether it has neither gaps nor overlaps; non-overlapping and dense, as libtorch calls it: taken from the smallest stride to the
    /// largest, each is the product of the sizes before.
    /// </summary>
    internal bool HasNoGaps
    {
        get
        {
            var expected = 1L;
            for (var found = 0; found < Dimensions; found++)
            {
                var isFound = false;
                for (var i = 0; i < Dimensions && !isFound; i++)
                {
                    if (_sizes[i] > 1 && _strides[i] == expected)
                    {
                        expected *= _sizes[i];
                        isFound = true;
                    }
                }

                if (!isFound)
                {
                    break;
                }
            }

            return expected == Count || Count == 0;
        }
    }
}
