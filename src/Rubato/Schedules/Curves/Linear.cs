using Rubato.Numerics;

namespace Rubato.Schedules.Curves;

/// <summary>
/// A straight line: <c>From + (To - From) t / Length</c> for <c>t &lt; Length</c>, <c>To</c> from there on. With
/// <c>Length = 0</c> it is <c>To</c> at once.
/// </summary>
public sealed record Linear : Schedule
{
    /// <summary>A straight line.</summary>
    /// <param name="from">The value at position 0; finite.</param>
    /// <param name="to">The value at <paramref name="length"/> and beyond; finite.</param>
    /// <param name="length">In the unit of positions; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Linear(double from, double to, double length)
    {
        From = from;
        To = to;
        Span = length;
    }

    /// <summary>The value at position 0.</summary>
    public double From { get; init => field = Require.Finite(value, nameof(From)); }

    /// <summary>The value at the end.</summary>
    public double To { get; init => field = Require.Finite(value, nameof(To)); }

    /// <summary>How long the line is, in the unit of positions.</summary>
    public double Span { get; init => field = Require.FiniteAtLeastZero(value, nameof(Span)); }

    /// <inheritdoc/>
    public override double Length => Span;

    private protected override double Evaluate(double position) =>
        position >= Span ? To : From + ((To - From) * (position / Span));
}
