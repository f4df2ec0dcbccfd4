using System.Numerics;
using System.Runtime.CompilerServices;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers.Updates;

/// <summary>Runs a rule over the parameters of a group: on the CPU in one pass over memory, elsewhere by libtorch's operators.</summary>
/// <remarks>
/// An operator would read and write the whole tensor for each operation of the formula. Block by block, the numbers stay in the first cache
/// between the operations.
/// </remarks>
internal static class ElementwiseUpdate
{
    // Chosen, not fitted: three blocks of scratch are small beside the stack of a thread.
    private const int Block = 2048;

    /// <summary>Updates.</summary>
    /// <typeparam name="TRule">The rule.</typeparam>
    /// <param name="rule">Its numbers.</param>
    /// <param name="weights">The parameters, which change.</param>
    /// <param name="gradients">Their gradients, which may be overwritten.</param>
    /// <param name="first">The optimizer's first state; null for none.</param>
    /// <param name="second">Its second state; null for none.</param>
    internal static void Run<TRule>(
        in TRule rule, TensorList weights, TensorList gradients, TensorList? first = null, TensorList? second = null)
        where TRule : struct, IUpdateRule
    {
        for (var i = 0; i < weights.Count; i++)
        {
            Run(rule, i, weights, gradients, first, second);
        }
    }

    /// <summary>Updates one parameter of the lists.</summary>
    internal static void Run<TRule>(
        in TRule rule, int index, TensorList weights, TensorList gradients, TensorList? first, TensorList? second)
        where TRule : struct, IUpdateRule
    {
        if (!weights.IsInMemory(index, gradients, first, second))
        {
            RunByOperators(rule, weights[index], gradients[index], first?[index], second?[index]);
        }
        else if (weights.LayoutOf(index).Type == ScalarType.Float32)
        {
            RunInMemory<TRule, float>(rule, index, weights, gradients, first, second);
        }
        else
        {
            RunInMemory<TRule, double>(rule, index, weights, gradients, first, second);
        }
    }

    /// <summary>Updates by operators, wherever the tensors lie.</summary>
    internal static void RunByOperators<TRule>(in TRule rule, Tensor weight, Tensor gradient, Tensor? first, Tensor? second)
        where TRule : struct, IUpdateRule
    {
        using var scope = NewDisposeScope();
        rule.Apply<TensorVector>(new()
        {
            Weight = new(weight),
            Gradient = new(gradient),
            First = new(first ?? weight),
            Second = new(second ?? weight),
            Room = new(empty_like(weight)),
            OtherRoom = new(empty_like(weight)),
        });
    }

    // Room is written before it is read, so there is no need to clear it.
    [SkipLocalsInit]
    private static void RunInMemory<TRule, T>(
        in TRule rule, int index, TensorList weights, TensorList gradients, TensorList? first, TensorList? second)
        where TRule : struct, IUpdateRule
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> room = stackalloc T[3 * Block];
        var weight = weights.Memory<T>(index);
        var gradient = gradients.Memory<T>(index);
        var one = first is null ? weight : first.Memory<T>(index);
        var two = second is null ? weight : second.Memory<T>(index);
        for (var start = 0; start < weight.Length; start += Block)
        {
            var length = Math.Min(Block, weight.Length - start);
            var scratch = room[..length];
            rule.Apply<SpanVector<T>>(new()
            {
                Weight = new(weight.Slice(start, length), scratch),
                Gradient = new(gradient.Slice(start, length), scratch),
                First = new(one.Slice(start, length), scratch),
                Second = new(two.Slice(start, length), scratch),
                Room = new(room.Slice(Block, length), scratch),
                OtherRoom = new(room.Slice(2 * Block, length), scratch),
            });
        }

        GC.KeepAlive(weights);
        GC.KeepAlive(gradients);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }
}
