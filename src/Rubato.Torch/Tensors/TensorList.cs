using System.Numerics.Tensors;
using Rubato.Torch.Interop;

namespace Rubato.Torch.Tensors;

/// <summary>
/// Some tensors as one argument of the multi-tensor operators (<see cref="Foreach"/>): the native handles lie side by side in pinned
/// memory, so that passing them costs nothing.
/// </summary>
/// <remarks>
/// A list either holds tensors (<see cref="TensorList(ReadOnlySpan{Tensor})"/>, <see cref="ZerosLike"/>) or receives results
/// (<see cref="RoomFor"/>). It keeps its tensors alive; <see cref="Dispose"/> frees those that it owns. It has no finalizer: a list that
/// has received something and is not disposed leaks it.
/// </remarks>
public sealed unsafe class TensorList : IDisposable
{
    private readonly nint[] _handles;
    // Null where the list receives.
    private readonly Tensor[]? _tensors;
    private readonly bool _ownsTensors;
    private NativeLayout[]? _layouts;
    private bool _hasLayouts;

    /// <summary>Makes a list of tensors that others own.</summary>
    /// <param name="tensors">The tensors; they must not be disposed while the list is used.</param>
    public TensorList(ReadOnlySpan<Tensor> tensors)
        : this(tensors, ownsTensors: false)
    {
    }

    private TensorList(ReadOnlySpan<Tensor> tensors, bool ownsTensors)
    {
        _handles = GC.AllocateArray<nint>(tensors.Length, pinned: true);
        _tensors = tensors.ToArray();
        _ownsTensors = ownsTensors;
        for (var i = 0; i < tensors.Length; i++)
        {
            _handles[i] = tensors[i].Pointer;
        }
    }

    private TensorList(int count) => _handles = GC.AllocateArray<nint>(count, pinned: true);

    /// <summary>How many tensors it holds.</summary>
    public int Count => _handles.Length;

    /// <summary>Whether there is a tensor in every place.</summary>
    internal bool IsFilled => !_handles.Contains(0);

    internal nint* Pointer
    {
        get
        {
            // Without this a tensor that was disposed while it is in a list would be read after it is freed.
            foreach (var tensor in _tensors ?? [])
            {
                ObjectDisposedException.ThrowIf(tensor.IsClosed, tensor);
            }

            return (nint*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_handles, 0);
        }
    }

    /// <summary>One of the tensors.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>The tensor; the list's own.</returns>
    /// <exception cref="InvalidOperationException">The list is one that receives.</exception>
    public Tensor this[int index] => _tensors?[index] ?? throw new InvalidOperationException("What the list has received has no handles of its own.");

    /// <summary>Zeros in the shapes, types, memory formats and devices of other tensors; the list owns them.</summary>
    /// <param name="others">The other tensors.</param>
    /// <returns>The list.</returns>
    public static TensorList ZerosLike(TensorList others)
    {
        var zeros = new Tensor[others.Count];
        for (var i = 0; i < zeros.Length; i++)
        {
            zeros[i] = Ops.ZerosLike(others[i]).Persist();
        }

        return new TensorList(zeros, ownsTensors: true);
    }

    /// <summary>Room for one result a tensor of another list: gradients, or what a multi-tensor operator returns.</summary>
    /// <param name="others">The other list.</param>
    /// <returns>The empty list; it owns what it receives, until <see cref="Clear"/> or the next result.</returns>
    public static TensorList RoomFor(TensorList others) => new(others.Count);

    /// <summary>Fills the list with the gradients of leaves, until <see cref="Clear"/>.</summary>
    /// <param name="leaves">The leaves; as many as this list has room for.</param>
    /// <exception cref="ArgumentException">There is not as much room as there are leaves.</exception>
    /// <exception cref="InvalidOperationException">
    /// A leaf has no gradient: nothing that was run backward depends on it. Or this list is not from <see cref="RoomFor"/>.
    /// </exception>
    public void TakeGradients(TensorList leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        RequireRoom(leaves.Count);
        Clear();
        NativeMethods.Check(NativeMethods.rt_gradients(leaves.Pointer, leaves.Count, Pointer), "grad");
        GC.KeepAlive(leaves);
        for (var i = 0; i < _handles.Length; i++)
        {
            if (_handles[i] == 0)
            {
                throw new InvalidOperationException($"Parameter {i} of the group has no gradient; run Backward on a loss that depends on it first.");
            }
        }
    }

    /// <summary>Refuses a list that does not receive, or has another size: it would free what it does not own.</summary>
    internal void RequireRoom(int count)
    {
        if (_tensors is not null)
        {
            throw new InvalidOperationException("The list holds tensors; only one from RoomFor receives results.");
        }

        if (count != Count)
        {
            throw new ArgumentException($"The list has room for {Count} tensors, got {count}.", nameof(count));
        }
    }

    internal void Receive(ReadOnlySpan<NativeValue> results)
    {
        Clear();
        for (var i = 0; i < results.Length; i++)
        {
            _handles[i] = (nint)results[i].Bits;
        }
    }

    /// <summary>Gives back what the list has received; nothing to do for one that holds tensors.</summary>
    public void Clear()
    {
        for (var i = 0; _tensors is null && i < _handles.Length; i++)
        {
            if (_handles[i] != 0)
            {
                NativeMethods.rt_tensor_release(_handles[i]);
                _handles[i] = 0;
                _hasLayouts = false;
            }
        }
    }

    /// <summary>The sum of the squares of all elements of all tensors, read from memory.</summary>
    /// <returns>At least 0; NaN or infinite if an element is.</returns>
    /// <exception cref="InvalidOperationException">
    /// A tensor is not dense or not on the CPU, or its elements are neither <see cref="ScalarType.Float32"/> nor <see cref="ScalarType.Float64"/>.
    /// </exception>
    internal double SumOfSquares()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            sum += (ScalarType)LayoutOf(i).ScalarType switch
            {
                ScalarType.Float32 => SquaresOf(Memory<float>(i)),
                ScalarType.Float64 => TensorPrimitives.SumOfSquares((ReadOnlySpan<double>)Memory<double>(i)),
                var type => throw new InvalidOperationException($"A norm is taken of floating-point numbers, not of {type}."),
            };
        }

        GC.KeepAlive(this);
        return sum;
    }

    /// <summary>
    /// Whether each tensor of this list and of the others lies on the CPU as 32-bit floats, dense and in the same order, so that
    /// <see cref="Memory"/> of them can be worked on side by side.
    /// </summary>
    internal bool HasMemoryLike(params ReadOnlySpan<TensorList> others)
    {
        // Reading the pointers is what refuses lists of disposed tensors.
        _ = Pointer;
        foreach (var other in others)
        {
            _ = other.Pointer;
        }

        for (var i = 0; i < Count; i++)
        {
            ref readonly var own = ref LayoutOf(i);
            if ((ScalarType)own.ScalarType != ScalarType.Float32 || own.Data == 0)
            {
                return false;
            }

            foreach (var other in others)
            {
                if (!own.IsOrderedLike(other.LayoutOf(i)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The memory of a dense tensor on the CPU; the list keeps it alive.</summary>
    internal Span<T> Memory<T>(int index)
        where T : unmanaged
    {
        ref readonly var layout = ref LayoutOf(index);
        return layout.Data == 0
            ? throw new InvalidOperationException("The tensor has no memory to read: it is not dense, or not on the CPU.")
            : new Span<T>((void*)layout.Data, checked((int)layout.ElementCount));
    }

    /// <summary>Leaves these leaves without a gradient, so that the next one is stored and not added.</summary>
    public void ClearGradients()
    {
        NativeMethods.Check(NativeMethods.rt_clear_gradients(Pointer, Count), "zero_grad");
        GC.KeepAlive(this);
    }

    /// <summary>Frees the tensors that the list owns.</summary>
    public void Dispose()
    {
        Clear();
        if (_ownsTensors)
        {
            foreach (var tensor in _tensors ?? [])
            {
                tensor.Dispose();
            }
        }
    }

    // Asked once and kept until the list receives others: after a step nothing of a tensor is in the caches, and each question costs a
    // microsecond of a small network's step. Tensors never change their memory, only what is in it.
    private ref readonly NativeLayout LayoutOf(int index)
    {
        if (!_hasLayouts)
        {
            var handles = Pointer;
            _layouts ??= GC.AllocateArray<NativeLayout>(Count, pinned: true);
            for (var i = 0; i < Count; i++)
            {
                NativeMethods.Check(
                    NativeMethods.rt_tensor_layout(
                        handles[i], (NativeLayout*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_layouts, i)),
                    "sizes");
            }

            _hasLayouts = true;
        }

        return ref (_layouts ?? [])[index];
    }

    // Block by block in double: a float sum over millions of elements would lose the small ones.
    private static double SquaresOf(ReadOnlySpan<float> values)
    {
        const int Block = 4096;
        var sum = 0.0;
        for (; values.Length > Block; values = values[Block..])
        {
            sum += TensorPrimitives.SumOfSquares(values[..Block]);
        }

        return sum + TensorPrimitives.SumOfSquares(values);
    }
}
