using Rubato.Numerics;
using Rubato.Schedules.Resolution;
using Rubato.Time;

namespace Rubato.Schedules.Curves;

/// <summary>
/// A geometric line: <c>from (to / from)^(t / length)</c> for <c>t &lt; length</c>, <c>to</c> from there on: straight on a logarithmic axis.
/// Text: <c>exponential(1e-5 -> 1, 0.5dur)</c>.
/// </summary>
public sealed record Exponential : Schedule
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _span;

    /// <summary>A geometric line.</summary>
    /// <param name="from">The value at position 0; finite, above 0.</param>
    /// <param name="to">The value at the end and beyond; finite, above 0.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Exponential(double from, double to, Duration length = default)
        : base(Extent.Of(length))
    {
        _from = Require.Positive(from, nameof(from));
        _to = Require.Positive(to, nameof(to));
        _span = length.Value;
        Length = length;
    }

    /// <summary>The value at position 0.</summary>
    public double From => _from;

    /// <summary>The value at the end and beyond.</summary>
    public double To => _to;

    /// <summary>How long it takes.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Interval.Between(_from, _to);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => position >= _span ? _to : _from * Math.Pow(_to / _from, position / _span);

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position >= _span ? double.PositiveInfinity : position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Exponential(_from, _to, place.Converted(Length));
}
