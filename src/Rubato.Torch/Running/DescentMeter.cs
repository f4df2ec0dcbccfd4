using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
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
/// One update: <see cref="Begin"/> when the gradients are taken, clipping, the optimizer's step, <see cref="End"/>. So g is the gradient
/// before clipping, which alone linearises the loss, and the weights move by what is left of it. What is measured is
/// <c>&lt;g, w&gt;</c> before and after: products of floats are exact in double, so that the difference is as good as the weights' own
/// digits. It holds a copy of all gradients, which a step may overwrite; an update allocates nothing on the CPU. Owns its copy, not the
/// groups.
/// </remarks>
internal sealed class DescentMeter : IDisposable
{
    private readonly Place[] _places;
    private double _before;

    /// <summary>A meter of some parameters.</summary>
    /// <param name="groups">The parameters, as their optimizer has them; they must outlive the meter.</param>
    internal DescentMeter(IReadOnlyList<ParameterGroup> groups) => _places = [.. groups.Select(group => new Place(group))];

    /// <summary>Copies the gradients before a step, and measures. Waits for the device.</summary>
    internal void Begin()
    {
        using var noGrad = no_grad();
        foreach (var place in _places)
        {
            place.CopyGradients();
        }

        _before = Product();
    }

    /// <summary>Measures after the step. Waits for the device.</summary>
    /// <param name="rate">The base rate of the step; above 0.</param>
    /// <returns>Below 0 where the weights moved against the descent; NaN or infinite if an element is.</returns>
    internal double End(double rate)
    {
        using var noGrad = no_grad();
        return (_before - Product()) / rate;
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        foreach (var place in _places)
        {
            place.Dispose();
        }
    }

    private double Product()
    {
        var sum = 0.0;
        foreach (var place in _places)
        {
            sum += place.Product();
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        var whole = MemoryMarshal.Cast<float, Vector<float>>(a);
        var other = MemoryMarshal.Cast<float, Vector<float>>(b);
        for (var i = 0; i < whole.Length; i++)
        {
            Vector.Widen(whole[i], out var lowA, out var highA);
            Vector.Widen(other[i], out var lowB, out var highB);
            (low, high) = (low + (lowA * lowB), high + (highA * highB));
        }

        var sum = Vector.Sum(low + high);
        for (var i = whole.Length * Vector<float>.Count; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }

    /// <summary>The gradients of one group before the step.</summary>
    private sealed class Place(ParameterGroup group) : IDisposable
    {
        private readonly TensorList _gradients = TensorList.ZerosLike(group.Weights);

        internal void CopyGradients()
        {
            for (var i = 0; i < _gradients.Count; i++)
            {
                if (!_gradients.IsInMemory(i, group.Gradients))
                {
                    _gradients[i].copy_(group.Gradients[i]);
                }
                else if (_gradients.LayoutOf(i).Type == ScalarType.Float32)
                {
                    group.Gradients.Memory<float>(i).CopyTo(_gradients.Memory<float>(i));
                }
                else
                {
                    group.Gradients.Memory<double>(i).CopyTo(_gradients.Memory<double>(i));
                }
            }

            GC.KeepAlive(_gradients);
        }

        /// <summary><c>&lt;g, w&gt;</c> of the copied gradients and the weights as they are.</summary>
        internal double Product()
        {
            if (!_gradients.IsInMemory(group.Weights))
            {
                return ProductByOperators();
            }

            var sum = 0.0;
            for (var i = 0; i < _gradients.Count; i++)
            {
                sum += _gradients.LayoutOf(i).Type == ScalarType.Float32
                    ? Dot(_gradients.Memory<float>(i), group.Weights.Memory<float>(i))
                    : TensorPrimitives.Dot<double>(_gradients.Memory<double>(i), group.Weights.Memory<double>(i));
            }

            GC.KeepAlive(_gradients);
            return sum;
        }

        public void Dispose() => _gradients.Dispose();

        private double ProductByOperators()
        {
            using var scope = NewDisposeScope();
            return MemoryOrder.Number(stack(Enumerable.Range(0, _gradients.Count).Select(ProductByOperators)).sum());
        }

        private Tensor ProductByOperators(int i) =>
            (_gradients[i].to(ScalarType.Float64) * group.Weights[i].to(ScalarType.Float64)).sum();
    }
}
