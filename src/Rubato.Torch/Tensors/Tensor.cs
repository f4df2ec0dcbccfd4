using System.Runtime.InteropServices;
using Rubato.Torch.Interop;

namespace Rubato.Torch.Tensors;

/// <summary>
/// A libtorch tensor. The handle owns one reference to it and gives that back when the handle is disposed, when the
/// <see cref="TensorScope"/> it was made in ends, or, as a last resort, when it is finalized.
/// </summary>
/// <remarks>
/// Operators are in <see cref="Ops"/>. Sizes are counted in elements. Not safe for use by several threads at once; the tensors of a
/// training step belong to the thread that runs it.
/// </remarks>
public sealed unsafe class Tensor : SafeHandle
{
    internal Tensor(nint owned)
        : base(0, ownsHandle: true)
    {
        SetHandle(owned);
        TensorScope.Adopt(this);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The number of elements; 1 for a scalar.</summary>
    public long ElementCount => Layout().ElementCount;

    /// <summary>The sizes of the dimensions; empty for a scalar.</summary>
    public long[] Shape
    {
        get
        {
            var layout = Layout();
            return ((ReadOnlySpan<long>)layout.Sizes)[..layout.Dimensions].ToArray();
        }
    }

    /// <summary>The distances in elements between neighbours in each dimension.</summary>
    public long[] Strides
    {
        get
        {
            var layout = Layout();
            return ((ReadOnlySpan<long>)layout.Strides)[..layout.Dimensions].ToArray();
        }
    }

    /// <summary>The type of the elements.</summary>
    public ScalarType ScalarType => (ScalarType)Layout().ScalarType;

    /// <summary>Where it lives.</summary>
    public Device Device => Device.Unpack(Layout().Device);

    /// <summary>Whether autograd computes a gradient for it.</summary>
    /// <exception cref="TorchException">Set on a tensor that is no leaf, or whose elements are no floating-point numbers.</exception>
    public bool RequiresGrad
    {
        get => Layout().RequiresGrad != 0;
        set
        {
            NativeMethods.Check(NativeMethods.rt_set_requires_grad(Pointer, value ? 1 : 0), "requires_grad");
            GC.KeepAlive(this);
        }
    }

    /// <summary>The depth of the outermost scope that hands it on when it ends; none at first.</summary>
    internal int KeptFrom { get; set; } = int.MaxValue;

    internal nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>The one element of a tensor that has one; waits for the device.</summary>
    /// <returns>The element as a double.</returns>
    /// <exception cref="TorchException">The tensor has not exactly one element.</exception>
    public double Item()
    {
        double value;
        NativeMethods.Check(NativeMethods.rt_tensor_item(Pointer, &value), "aten::item");
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>
    /// The memory of a dense CPU tensor, in the order of its memory (row-major when contiguous). It is the tensor's own memory: keep
    /// the tensor alive while the span is used.
    /// </summary>
    /// <typeparam name="T">The element's type: <see cref="float"/>, <see cref="double"/>, <see cref="long"/>, <see cref="int"/> or <see cref="byte"/>.</typeparam>
    /// <returns>All elements.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the element's type.</exception>
    /// <exception cref="TorchException">The tensor is not dense or not on the CPU.</exception>
    /// <exception cref="OverflowException">It has more elements than a span can hold, 2^31 - 1.</exception>
    public Span<T> Data<T>()
        where T : unmanaged
    {
        var layout = Layout();
        if (TypeOf<T>() != (ScalarType)layout.ScalarType)
        {
            throw new InvalidOperationException($"The tensor holds {(ScalarType)layout.ScalarType}, not {typeof(T).Name}.");
        }

        void* data;
        NativeMethods.Check(NativeMethods.rt_tensor_data(Pointer, &data), "data_ptr");
        GC.KeepAlive(this);
        return new Span<T>(data, checked((int)layout.ElementCount));
    }

    /// <summary>A copy of the elements in row-major order, from any device.</summary>
    /// <typeparam name="T">The element's type, as for <see cref="Data{T}"/>.</typeparam>
    /// <returns>All elements.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the element's type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        using var scope = TensorScope.Begin();
        return Ops.Contiguous(Ops.To(Ops.Detach(this), Device.Cpu)).Data<T>().ToArray();
    }

    /// <summary>Computes the gradient of this scalar with respect to every leaf that requires one, and adds it to the leaf's gradient.</summary>
    /// <param name="keepGraph">Whether the graph stays usable for a second time.</param>
    /// <exception cref="TorchException">The tensor is no scalar, or nothing in its history requires a gradient.</exception>
    public void Backward(bool keepGraph = false)
    {
        NativeMethods.Check(NativeMethods.rt_backward(Pointer, keepGraph ? 1 : 0), "backward");
        GC.KeepAlive(this);
    }

    /// <summary>Takes the tensor out of the scopes it is in: from here on its owner disposes it.</summary>
    /// <returns>This tensor.</returns>
    public Tensor Persist()
    {
        TensorScope.Abandon(this);
        return this;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMethods.rt_tensor_release(handle);
        return true;
    }

    private static ScalarType TypeOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(byte) ? ScalarType.Byte
        : throw new InvalidOperationException($"Tensors hold no {typeof(T).Name}.");

    private NativeLayout Layout()
    {
        NativeLayout layout;
        NativeMethods.Check(NativeMethods.rt_tensor_layout(Pointer, &layout), "sizes");
        GC.KeepAlive(this);
        return layout;
    }
}
