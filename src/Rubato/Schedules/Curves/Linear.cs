using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A straight line: <c>from + (to - from) t / length</c> for <c>t &lt; length</c>, <c>to</c> from there on. Text:
/// <c>linear(0 -> 0.1, 5ep)</c>.
/// </summary>
public sealed record Linear : Transition
{
    /// <summary>A straight line.</summary>
    /// <param name="from">The value at position 0; finite.</param>
    /// <param name="to">The value at the end and beyond; finite.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Linear(double from, double to, Duration length = default)
        : base(Require.Finite(from), Require.Finite(to), length)
    {
    }

    /// <inheritdoc/>
    internal override double Evaluate(double position) => position >= Span ? To : From + ((To - From) * (position / Span));

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Linear(From, To, place.Converted(Length));
}
