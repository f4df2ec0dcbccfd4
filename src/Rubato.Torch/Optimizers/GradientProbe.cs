using System.Numerics;
using System.Numerics.Tensors;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Measures the length of the gradient of each of several backward passes, and adds the gradients up. The sum is the same to the bit as
/// that of backward passes alone.
/// </summary>
/// <remarks>
/// One update: <see cref="Begin"/>, then <see cref="SquaredNormAdded"/> after each backward pass. Between two passes the probe holds the
/// sum and the parameters have no gradients, so each pass stores its own. On the CPU one pass over memory measures it and adds the sum;
/// on a device operators do. A pass costs one reading of its gradients more than without the probe. Owns its sums, not the groups.
/// </remarks>
internal sealed class GradientProbe : IDisposable
{
    // As in TensorList.
    private const int Block = 4096;
    private readonly Place[] _places;
    private bool _isFirst = true;

    /// <summary>A probe of the gradients of some parameters.</summary>
    /// <param name="groups">The parameters, as their optimizer has them; they must outlive the probe.</param>
    public GradientProbe(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _places = [.. groups.Select(group => new Place(group))];
    }

    /// <summary>Begins an update; the parameters must have no gradients.</summary>
    public void Begin() => _isFirst = true;

    /// <summary>
    /// The squared Euclidean norm of the gradients of the last backward pass, over all parameters at the scale of their groups. To be
    /// called after each pass.
    /// </summary>
    /// <param name="isLast">
    /// Whether this was the last pass of the update. Then the parameters have the sum of all gradients afterwards, and <see cref="Begin"/>
    /// must be next. Otherwise they have none.
    /// </param>
    /// <returns>At least 0; NaN or infinite if an element is.</returns>
    /// <exception cref="InvalidOperationException">A parameter has no gradient.</exception>
    public double SquaredNormAdded(bool isLast)
    {
        using var noGrad = no_grad();
        var sum = 0.0;
        foreach (var place in _places)
        {
            sum += place.SquaredNormAdded(_isFirst, isLast);
        }

        _isFirst = false;
        return sum;
    }

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        foreach (var place in _places)
        {
            place.Dispose();
        }
    }

    /// <summary>The gradients of one group: those of the last pass, and the sum of those before.</summary>
    private sealed class Place(ParameterGroup group) : IDisposable
    {
        private readonly TensorList _parameters = group.Weights;
        private TensorList _own = TensorList.RoomFor(group.Weights);
        private TensorList _sum = TensorList.RoomFor(group.Weights);

        internal double SquaredNormAdded(bool isFirst, bool isLast)
        {
            _own.TakeGradients(_parameters);
            var square = isFirst ? _own.SumOfSquares() : _own.IsInMemory(_sum) ? SquaresAndSum() : SquaresAndSumByOperators();
            if (isLast)
            {
                _sum.Clear();
                _own.Clear();
            }
            else
            {
                _parameters.ClearGradients();
                (_own, _sum) = (_sum, _own);
            }

            return group.Scale * group.Scale * square;
        }

        public void Dispose()
        {
            _sum.Dispose();
            _own.Dispose();
        }

        private double SquaresAndSum()
        {
            var square = 0.0;
            for (var i = 0; i < _parameters.Count; i++)
            {
                square += _own.LayoutOf(i).Type == ScalarType.Float32
                    ? SquaresAndSum(_own.Memory<float>(i), _sum.Memory<float>(i))
                    : SquaresAndSum(_own.Memory<double>(i), _sum.Memory<double>(i));
            }

            GC.KeepAlive(_own);
            GC.KeepAlive(_sum);
            return square;
        }

        // Block by block in double, as TensorList.SumOfSquares: and what is measured is still in the first cache when it is added to.
        private static double SquaresAndSum<T>(Span<T> own, ReadOnlySpan<T> sum)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var square = 0.0;
            for (var start = 0; start < own.Length; start += Block)
            {
                var values = own.Slice(start, Math.Min(Block, own.Length - start));
                square += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(values));
                TensorPrimitives.Add(values, sum.Slice(start, values.Length), values);
            }

            return square;
        }

        private double SquaresAndSumByOperators()
        {
            var square = _own.SumOfSquares();
            for (var i = 0; i < _own.Count; i++)
            {
                _own[i].PlusInPlace(_sum[i]);
            }

            return square;
        }
    }
}
