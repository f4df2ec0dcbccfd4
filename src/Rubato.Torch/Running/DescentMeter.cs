using System.Numerics;
using System.Numerics.Tensors;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Rubato.Torch.Running;

/// <summary>
/// Measures how fast the linearised loss falls along an update: <c>&lt;g, w_before - w_after&gt; / rate</c> over all parameters. See
/// <see cref="Observation.Descent"/>.
/// </summary>
/// <remarks>
/// One update: <see cref="Begin"/> when the gradients are taken, the optimizer's step, <see cref="End"/>. It holds a copy of all
/// gradients and of all weights, since a step overwrites both; an update allocates nothing on the CPU. Owns its copies, not the groups.
/// </remarks>
internal sealed class DescentMeter : IDisposable
{
    // As in TensorList.
    private const int Block = 4096;
    private readonly Place[] _places;

    /// <summary>A meter of some parameters.</summary>
    /// <param name="groups">The parameters, as their optimizer has them; they must outlive the meter.</param>
    internal DescentMeter(IReadOnlyList<ParameterGroup> groups) => _places = [.. groups.Select(group => new Place(group))];

    /// <summary>Copies gradients and weights before a step.</summary>
    internal void Begin()
    {
        using var noGrad = no_grad();
        foreach (var place in _places)
        {
            place.Begin();
        }
    }

    /// <summary>Measures after the step. Waits for the device.</summary>
    /// <param name="rate">The base rate of the step; above 0.</param>
    /// <returns>Below 0 where the weights moved against the descent; NaN or infinite if an element is.</returns>
    internal double End(double rate)
    {
        using var noGrad = no_grad();
        var sum = 0.0;
        foreach (var place in _places)
        {
            sum += place.End();
        }

        return sum / rate;
    }

    /// <summary>Frees the copies.</summary>
    public void Dispose()
    {
        foreach (var place in _places)
        {
            place.Dispose();
        }
    }

    /// <summary>The gradients and the weights of one group before the step.</summary>
    private sealed class Place(ParameterGroup group) : IDisposable
    {
        private readonly TensorList _gradients = TensorList.ZerosLike(group.Weights);
        private readonly TensorList _weights = TensorList.ZerosLike(group.Weights);

        internal void Begin()
        {
            Copy(group.Gradients, _gradients);
            Copy(group.Weights, _weights);
        }

        internal double End()
        {
            if (!_weights.IsInMemory(group.Weights, _gradients))
            {
                return ByOperators();
            }

            var sum = 0.0;
            for (var i = 0; i < _weights.Count; i++)
            {
                sum += _weights.LayoutOf(i).Type == ScalarType.Float32
                    ? InMemory<float>(_gradients.Memory<float>(i), _weights.Memory<float>(i), group.Weights.Memory<float>(i))
                    : InMemory<double>(_gradients.Memory<double>(i), _weights.Memory<double>(i), group.Weights.Memory<double>(i));
            }

            GC.KeepAlive(_gradients);
            GC.KeepAlive(_weights);
            return sum;
        }

        public void Dispose()
        {
            _gradients.Dispose();
            _weights.Dispose();
        }

        private static void Copy(TensorList from, TensorList into)
        {
            for (var i = 0; i < into.Count; i++)
            {
                if (!into.IsInMemory(i, from))
                {
                    into[i].copy_(from[i]);
                }
                else if (into.LayoutOf(i).Type == ScalarType.Float32)
                {
                    from.Memory<float>(i).CopyTo(into.Memory<float>(i));
                }
                else
                {
                    from.Memory<double>(i).CopyTo(into.Memory<double>(i));
                }
            }

            GC.KeepAlive(from);
            GC.KeepAlive(into);
        }

        // The difference of two floats that lie so near to each other is exact; block by block in double, as TensorList.SumOfSquares.
        private static double InMemory<T>(ReadOnlySpan<T> gradients, Span<T> before, ReadOnlySpan<T> after)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var sum = 0.0;
            for (var start = 0; start < before.Length; start += Block)
            {
                var moved = before.Slice(start, Math.Min(Block, before.Length - start));
                TensorPrimitives.Subtract(moved, after.Slice(start, moved.Length), moved);
                sum += double.CreateTruncating(TensorPrimitives.Dot<T>(moved, gradients.Slice(start, moved.Length)));
            }

            return sum;
        }

        private double ByOperators()
        {
            using var scope = NewDisposeScope();
            return MemoryOrder.Number(stack(Enumerable.Range(0, _weights.Count).Select(ByOperators)).sum());
        }

        private Tensor ByOperators(int i)
        {
            _weights[i].PlusInPlace(group.Weights[i], -1);
            return _weights[i].mul_(_gradients[i]).sum(ScalarType.Float64);
        }
    }
}
