using Rubato.Numerics;
using Rubato.Schedules.Resolution;
using Rubato.Time;

namespace Rubato.Schedules.Curves;

/// <summary>
/// Half a cosine wave: <c>to + (from - to) (1 + cos(pi t / length)) / 2</c> for <c>t &lt; length</c>, <c>to</c> from there on. Text:
/// <c>cosine(0.1 -> 0, 30ep)</c>.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter 2017, "SGDR", arXiv 1608.03983, equation 5, without restarts. It does not rise again beyond its end, as PyTorch's
/// <c>CosineAnnealingLR</c> does.
/// </remarks>
public sealed record Cosine : Schedule
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _span;

    /// <summary>Half a cosine wave.</summary>
    /// <param name="from">The value at position 0; finite.</param>
    /// <param name="to">The value at the end and beyond; finite.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Cosine(double from, double to, Duration length = default)
        : base(Extent.Of(length))
    {
        _from = Require.Finite(from, nameof(from));
        _to = Require.Finite(to, nameof(to));
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
    internal override double Evaluate(double position) => position >= _span ? _to : Blend.Of(_from, _to, CosineKernel.Of(position / _span));

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        var inside = positions[..Ascending.CountBelow(positions, _span)];
        foreach (ref var position in inside)
        {
            position /= _span;
        }

        CosineKernel.All(inside);
        foreach (ref var value in inside)
        {
            value = Blend.Of(_from, _to, value);
        }

        positions[inside.Length..].Fill(_to);
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position >= _span ? double.PositiveInfinity : position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Cosine(_from, _to, place.Converted(Length));
}
