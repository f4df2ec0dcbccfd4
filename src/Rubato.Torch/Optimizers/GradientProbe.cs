using System.Numerics.Tensors;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Looks at gradients while those of several backward passes add up: how long is the vector that each of them has added. What is added up is
/// only read, so that it is the same to the bit as without the probe.
/// </summary>
/// <remarks>
/// One update: <see cref="Begin"/>, then after each backward pass <see cref="SquaredNormAdded"/>. It keeps a copy of the gradients, made with the first
/// update, and reads both in one pass over memory on the CPU; elsewhere it goes by the multi-tensor operators. The difference of two sums of 32-bit floats
/// is as exact as these: of K passes of equal length, to about <c>K 2^-24</c> of an element. Owns its copy, not the groups.
/// </remarks>
public sealed class GradientProbe : IDisposable
{
    private const int Block = 4096;
    private readonly Place[] _places;
    private bool _isFirst = true;

    /// <summary>A probe of the gradients of some parameters.</summary>
    /// <param name="groups">The parameters, as their optimizer has them; they must outlive the probe.</param>
    public GradientProbe(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _places = [.. groups.Select(group => new Place(group.Parameters))];
    }

    /// <summary>Starts anew: the parameters have no gradients now.</summary>
    public void Begin() => _isFirst = true;

    /// <summary>The squared Euclidean norm, over all parameters, of what was added to the gradients since the last call or <see cref="Begin"/>.</summary>
    /// <param name="isLast">Whether nothing will be added any more, which spares a copy; then <see cref="Begin"/> must be next.</param>
    /// <returns>At least 0; NaN or infinite if an element is.</returns>
    /// <exception cref="InvalidOperationException">A parameter has no gradient.</exception>
    public double SquaredNormAdded(bool isLast)
    {
        using var noGrad = Autograd.NoGrad();
        var sum = 0.0;
        foreach (var place in _places)
        {
            sum += place.SquaredNormAdded(_isFirst, isLast);
        }

        _isFirst = false;
        return sum;
    }

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        foreach (var place in _places)
        {
            place.Dispose();
        }
    }

    /// <summary>The gradients of one group, and what they were.</summary>
    private sealed class Place(TensorList parameters) : IDisposable
    {
        private readonly TensorList _gradients = TensorList.RoomFor(parameters);
        private readonly TensorList _norms = TensorList.RoomFor(parameters);
        private readonly TensorList _room = TensorList.RoomFor(parameters);
        private TensorList? _memory;

        internal double SquaredNormAdded(bool isFirst, bool isLast)
        {
            _gradients.TakeGradients(parameters);
            try
            {
                return parameters[0].Device.IsCuda || !_gradients.HasMemoryLike(_memory ??= TensorList.ZerosLike(parameters))
                    ? ByOperators(isFirst, isLast)
                    : FromMemory(_memory, isFirst, isLast);
            }
            finally
            {
                // They belong to the parameters, which let go of them after the update.
                _gradients.Clear();
            }
        }

        public void Dispose()
        {
            _memory?.Dispose();
            _room.Dispose();
            _norms.Dispose();
            _gradients.Dispose();
        }

        private double FromMemory(TensorList before, bool isFirst, bool isLast)
        {
            var sum = 0.0;
            for (var i = 0; i < parameters.Count; i++)
            {
                sum += FromMemory(_gradients.Memory<float>(i), before.Memory<float>(i), isFirst, isLast);
            }

            GC.KeepAlive(before);
            return sum;
        }

        // Block by block in double, as TensorList.SumOfSquares: and what is read stays in the first cache until it is copied.
        private static double FromMemory(ReadOnlySpan<float> now, Span<float> before, bool isFirst, bool isLast)
        {
            Span<float> scratch = stackalloc float[Block];
            var sum = 0.0;
            for (var start = 0; start < now.Length; start += Block)
            {
                var length = Math.Min(Block, now.Length - start);
                var values = now.Slice(start, length);
                var old = before.Slice(start, length);
                if (isFirst)
                {
                    sum += TensorPrimitives.SumOfSquares(values);
                }
                else
                {
                    TensorPrimitives.Subtract(values, old, scratch);
                    sum += TensorPrimitives.SumOfSquares<float>(scratch[..length]);
                }

                if (!isLast)
                {
                    values.CopyTo(old);
                }
            }

            return sum;
        }

        private double ByOperators(bool isFirst, bool isLast)
        {
            if (!isFirst)
            {
                Foreach.Add(_room, _gradients, -1);
            }

            using var scope = TensorScope.Begin();
            Foreach.Norm(_norms, isFirst ? _gradients : _room);
            var norm = Ops.Norm(Ops.Stack(_norms)).Item();
            _norms.Clear();
            if (isLast)
            {
                _room.Clear();
            }
            else
            {
                Foreach.Product(_room, _gradients, 1);
            }

            return norm * norm;
        }
    }
}
