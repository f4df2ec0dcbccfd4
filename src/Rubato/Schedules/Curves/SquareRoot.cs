using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Falls (or rises) fast at first: <c>from + (to - from) sqrt(t / length)</c> for <c>t &lt; length</c>, <c>to</c> from there on; with
/// <c>to = 0</c> this is <c>from (1 - sqrt(x))</c>. Text: <c>sqrt(0.1 -> 0, 10ep)</c>.
/// </summary>
/// <remarks>
/// Hagele et al. 2024, "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations", arXiv 2405.18392, section 4.
/// </remarks>
public sealed record SquareRoot : Transition
{
    /// <summary>The square root of time.</summary>
    /// <param name="from">The value at position 0; finite.</param>
    /// <param name="to">The value at the end and beyond; finite.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public SquareRoot(double from, double to, Duration length = default)
        : base(Require.Finite(from), Require.Finite(to), length)
    {
    }

    /// <inheritdoc/>
    internal override double Evaluate(double position) => position >= Span ? To : From + ((To - From) * Math.Sqrt(position / Span));

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new SquareRoot(From, To, place.Converted(Length));
}
