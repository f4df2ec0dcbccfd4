using System.Numerics.Tensors;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>The update of <see cref="Sgd"/> in one pass over memory, for parameters on the CPU.</summary>
/// <remarks>
/// The same formula as with the multi-tensor operators, block by block: what those read and write five times over, here stays in the first
/// cache between the operations. <c>mlp</c>'s step spent an eighth of its time in those passes (<c>docs/engine.md</c>).
/// </remarks>
internal static class FusedSgd
{
    private const int Block = 4096;

    /// <summary>Updates the parameters, if their memory allows it.</summary>
    /// <param name="parameters">What changes.</param>
    /// <param name="gradients">Their gradients; they stay.</param>
    /// <param name="velocity">The momentum buffers, which change; null for none.</param>
    /// <param name="rule">Rate, momentum, weight decay, and whether the momentum is Nesterov's.</param>
    /// <returns>False, with nothing changed, where a tensor is not of 32-bit floats on the CPU or the orders in memory differ.</returns>
    internal static bool TryUpdate(TensorList parameters, TensorList gradients, TensorList? velocity, in Rule rule)
    {
        if (!(velocity is null ? parameters.HasMemoryLike(gradients) : parameters.HasMemoryLike(gradients, velocity)))
        {
            return false;
        }

        Span<float> scratch = stackalloc float[Block];
        for (var i = 0; i < parameters.Count; i++)
        {
            var weights = parameters.Memory<float>(i);
            var slopes = gradients.Memory<float>(i);
            var speeds = velocity is null ? [] : velocity.Memory<float>(i);
            for (var start = 0; start < weights.Length; start += Block)
            {
                var length = Math.Min(Block, weights.Length - start);
                UpdateBlock(
                    weights.Slice(start, length),
                    slopes.Slice(start, length),
                    velocity is null ? [] : speeds.Slice(start, length),
                    scratch[..length],
                    rule);
            }
        }

        GC.KeepAlive(parameters);
        GC.KeepAlive(gradients);
        GC.KeepAlive(velocity);
        return true;
    }

    private static void UpdateBlock(Span<float> weights, Span<float> gradient, Span<float> velocity, Span<float> scratch, in Rule rule)
    {
        TensorPrimitives.MultiplyAdd(weights, rule.Decay, gradient, scratch);
        if (velocity.IsEmpty)
        {
            TensorPrimitives.MultiplyAdd(scratch, -rule.Rate, weights, weights);
            return;
        }

        TensorPrimitives.MultiplyAdd(velocity, rule.Momentum, scratch, velocity);
        if (rule.Nesterov)
        {
            TensorPrimitives.MultiplyAdd(velocity, rule.Momentum, scratch, scratch);
            TensorPrimitives.MultiplyAdd(scratch, -rule.Rate, weights, weights);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(velocity, -rule.Rate, weights, weights);
        }
    }

    /// <summary>The numbers of one update, in the precision of the parameters.</summary>
    internal readonly record struct Rule(float Rate, float Momentum, float Decay, bool Nesterov);
}
