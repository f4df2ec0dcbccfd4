using System.Numerics.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rubato.Torch.Memory;

/// <summary>
/// Tensors that are worked on together: the parameters of a group, their gradients, or an optimizer's state for them.
/// </summary>
/// <remarks>
/// A list either holds tensors (<see cref="TensorList(IEnumerable{Tensor}, bool)"/>, <see cref="ZerosLike"/>) or receives gradients
/// (<see cref="RoomFor"/>). <see cref="Dispose"/> frees the tensors that it owns. Its tensors belong to no dispose scope.
/// </remarks>
internal sealed class TensorList : IDisposable
{
    // Chosen, not fitted: 16 KiB of floats stay in the first cache.
    private const int Block = 4096;
    private readonly Tensor?[] _tensors;
    private readonly bool _owns;
    private readonly bool _receives;

    /// <summary>A list of tensors.</summary>
    /// <param name="tensors">The tensors; they must not be disposed while the list is used.</param>
    /// <param name="owns">Whether the list frees them.</param>
    internal TensorList(IEnumerable<Tensor> tensors, bool owns = false)
    {
        _tensors = [.. tensors];
        _owns = owns;
    }

    private TensorList(int count)
    {
        _tensors = new Tensor?[count];
        (_owns, _receives) = (true, true);
    }

    /// <summary>How many tensors it holds, or has room for.</summary>
    internal int Count => _tensors.Length;

    /// <summary>Whether every place holds a tensor.</summary>
    internal bool IsFilled => !_tensors.Contains(null);

    /// <summary>One of the tensors.</summary>
    /// <exception cref="InvalidOperationException">Nothing was received there.</exception>
    internal Tensor this[int index] => _tensors[index] ?? throw new InvalidOperationException("The list has received nothing yet.");

    /// <summary>Zeros in the shapes, types, orders of memory and devices of other tensors; the list owns them.</summary>
    internal static TensorList ZerosLike(TensorList others)
    {
        using var noGrad = no_grad();
        return new TensorList(Enumerable.Range(0, others.Count).Select(i => zeros_like(others[i]).DetachFromDisposeScope()), owns: true);
    }

    /// <summary>Room for a gradient of each tensor of another list; it owns received gradients until <see cref="Clear"/>.</summary>
    internal static TensorList RoomFor(TensorList others) => new(others.Count);

    /// <summary>Fills the list with the gradients of leaves, until <see cref="Clear"/>. No memory is copied.</summary>
    /// <param name="leaves">The leaves; as many as this list has room for.</param>
    /// <exception cref="ArgumentException">There is not as much room as there are leaves.</exception>
    /// <exception cref="InvalidOperationException">
    /// A leaf is disposed, or has no gradient because no backward pass depended on it. Or this list is not from <see cref="RoomFor"/>.
    /// </exception>
    internal void TakeGradients(TensorList leaves)
    {
        if (!_receives)
        {
            throw new InvalidOperationException("The list holds tensors; only one from RoomFor receives gradients.");
        }

        if (leaves.Count != Count)
        {
            throw new ArgumentException($"The list has room for {Count} tensors, got {leaves.Count}.", nameof(leaves));
        }

        Clear();
        for (var i = 0; i < Count; i++)
        {
            var leaf = leaves[i];
            if (leaf.IsInvalid)
            {
                throw new InvalidOperationException(
                    $"Parameter {i} of the group is disposed; "
                    + "make optimizers after the network has moved or changed its type, which replaces its parameters.");
            }

            _tensors[i] = leaf.grad?.DetachFromDisposeScope()
                ?? throw new InvalidOperationException(
                    $"Parameter {i} of the group has no gradient; run backward on a loss that depends on it first.");
        }
    }

    /// <summary>Frees the gradients that the list has received; does nothing to a list that holds tensors.</summary>
    internal void Clear()
    {
        if (!_receives)
        {
            return;
        }

        for (var i = 0; i < _tensors.Length; i++)
        {
            _tensors[i]?.Dispose();
            _tensors[i] = null;
        }
    }

    /// <summary>Removes the gradients of these leaves, so that the next backward pass stores its own instead of adding them.</summary>
    internal void ClearGradients()
    {
        foreach (var tensor in _tensors)
        {
            tensor?.grad = null;
        }
    }

    /// <summary>
    /// Whether each tensor lies on the CPU as 32-bit or 64-bit floats without gaps, and those of the other lists in the same order, so that
    /// <see cref="Memory"/> of them can be worked on side by side.
    /// </summary>
    internal bool IsInMemory(params ReadOnlySpan<TensorList?> others)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!IsInMemory(i, others))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same of one tensor.</summary>
    internal bool IsInMemory(int index, params ReadOnlySpan<TensorList?> others)
    {
        var own = LayoutOf(index);
        if (own.Type is not (ScalarType.Float32 or ScalarType.Float64) || !own.IsDense)
        {
            return false;
        }

        foreach (var other in others)
        {
            if (other is not null && !own.IsOrderedLike(other.LayoutOf(index)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How one of the tensors lies.</summary>
    internal TensorLayout LayoutOf(int index) => TensorLayout.Of(this[index]);

    /// <summary>The memory of a dense tensor on the CPU; the list keeps it alive.</summary>
    internal Span<T> Memory<T>(int index)
        where T : unmanaged => LayoutOf(index).AsSpan<T>();

    /// <summary>The sum of the squares of all elements of all tensors. Waits for the device.</summary>
    /// <returns>At least 0; NaN or infinite if an element is.</returns>
    internal double SumOfSquares()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            if (!IsInMemory(i))
            {
                return SumOfSquaresByOperators();
            }

            sum += SumOfSquares(i);
        }

        return sum;
    }

    /// <summary>The sum of the squares of one tensor in memory.</summary>
    internal double SumOfSquares(int index)
    {
        var sum = LayoutOf(index).Type == ScalarType.Float32
            ? SquaresOf(Memory<float>(index))
            : TensorPrimitives.SumOfSquares((ReadOnlySpan<double>)Memory<double>(index));
        GC.KeepAlive(this);
        return sum;
    }

    /// <summary>The sum of the squares by libtorch's operators, for tensors on a device; waits once for all of them.</summary>
    internal double SumOfSquaresByOperators()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return MemoryOrder.Number(stack(_tensors.Select(SquaresByOperators)).sum());
    }

    private static Tensor SquaresByOperators(Tensor? tensor)
    {
        var number = tensor!.to(ScalarType.Float64);
        return (number * number).sum();
    }

    /// <summary>Copies the content of another list into this one, tensor by tensor.</summary>
    internal void CopyFrom(TensorList others)
    {
        for (var i = 0; i < Count; i++)
        {
            this[i].copy_(others[i]);
        }
    }

    /// <summary>Frees the tensors that the list owns.</summary>
    public void Dispose()
    {
        if (_owns)
        {
            foreach (var tensor in _tensors)
            {
                tensor?.Dispose();
            }
        }
    }

    // Block by block, since the sum of the blocks is in double: a float sum over millions of elements would lose the small ones.
    internal static double SquaresOf(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        for (; values.Length > Block; values = values[Block..])
        {
            sum += TensorPrimitives.SumOfSquares(values[..Block]);
        }

        return sum + TensorPrimitives.SumOfSquares(values);
    }
}
