using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A geometric line: <c>from (to / from)^(t / length)</c> for <c>t &lt; length</c>, <c>to</c> from there on: straight on a logarithmic
/// axis. Text: <c>exponential(1e-5 -> 1, 0.5dur)</c>.
/// </summary>
public sealed record Exponential : Transition
{
    /// <summary>A geometric line.</summary>
    /// <param name="from">The value at position 0; finite, above 0.</param>
    /// <param name="to">The value at the end and beyond; finite, above 0.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Exponential(double from, double to, Duration length = default)
        : base(Require.Positive(from), Require.Positive(to), length)
    {
    }

    /// <inheritdoc/>
    internal override double Evaluate(double position) => position >= Span ? To : Blend.Geometric(From, To, position / Span);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Exponential(From, To, place.Converted(Length));
}
