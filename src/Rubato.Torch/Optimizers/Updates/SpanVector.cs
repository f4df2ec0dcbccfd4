using System.Numerics;
using System.Numerics.Tensors;

namespace Rubato.Torch.Optimizers.Updates;

/// <summary>A stretch of memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="values">The numbers.</param>
/// <param name="scratch">Room for as many numbers, which others may use too.</param>
internal readonly ref struct SpanVector<T>(Span<T> values, Span<T> scratch) : IVector<SpanVector<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> _values = values;
    private readonly Span<T> _scratch = scratch;

    public void Set(SpanVector<T> a, double factor)
    {
        if (factor == 1)
        {
            a._values.CopyTo(_values);
        }
        else
        {
            TensorPrimitives.Multiply<T>(a._values, T.CreateTruncating(factor), _values);
        }
    }

    public void SetSum(SpanVector<T> a, SpanVector<T> b, double factor) =>
        TensorPrimitives.MultiplyAdd<T>(b._values, T.CreateTruncating(factor), a._values, _values);

    public void Clamp(double limit)
    {
        var bound = T.CreateTruncating(limit);
        TensorPrimitives.Clamp(_values, -bound, bound, _values);
    }

    public void Multiply(double factor) => TensorPrimitives.Multiply<T>(_values, T.CreateTruncating(factor), _values);

    public void Multiply(SpanVector<T> a) => TensorPrimitives.Multiply<T>(_values, a._values, _values);

    public void Divide(SpanVector<T> a) => TensorPrimitives.Divide<T>(_values, a._values, _values);

    public void Add(double value) => TensorPrimitives.Add<T>(_values, T.CreateTruncating(value), _values);

    public void Add(SpanVector<T> a) => TensorPrimitives.Add<T>(_values, a._values, _values);

    public void Add(SpanVector<T> a, double factor) =>
        TensorPrimitives.MultiplyAdd<T>(a._values, T.CreateTruncating(factor), _values, _values);

    public void AddSquare(SpanVector<T> a, double factor)
    {
        TensorPrimitives.Multiply<T>(a._values, a._values, _scratch);
        TensorPrimitives.MultiplyAdd<T>(_scratch, T.CreateTruncating(factor), _values, _values);
    }

    public void Decay(double decay, SpanVector<T> a) =>
        TensorPrimitives.MultiplyAdd<T>(_values, T.CreateTruncating(decay), a._values, _values);

    public void AddQuotient(SpanVector<T> a, SpanVector<T> b, double factor)
    {
        TensorPrimitives.Divide<T>(a._values, b._values, _scratch);
        TensorPrimitives.MultiplyAdd<T>(_scratch, T.CreateTruncating(factor), _values, _values);
    }

    public void SetRoot(SpanVector<T> a) => TensorPrimitives.Sqrt<T>(a._values, _values);

    public void SetRoot(SpanVector<T> a, double value)
    {
        TensorPrimitives.Add<T>(a._values, T.CreateTruncating(value), _values);
        TensorPrimitives.Sqrt<T>(_values, _values);
    }
}
