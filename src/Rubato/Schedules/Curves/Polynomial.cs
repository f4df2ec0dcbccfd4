using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A power of the time left: <c>to + (from - to) (1 - t / length)^power</c> for <c>t &lt; length</c>, <c>to</c> from there on. Text:
/// <c>polynomial(0.1 -> 0, power 2, 30ep)</c>.
/// </summary>
public sealed record Polynomial : Transition
{
    /// <summary>A power of the time left.</summary>
    /// <param name="from">The value at position 0; finite.</param>
    /// <param name="to">The value at the end and beyond; finite.</param>
    /// <param name="power">Finite, above 0; 1 is a straight line.</param>
    /// <param name="length">How long; the rest of the budget where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Polynomial(double from, double to, double power, Duration length = default)
        : base(Require.Finite(from), Require.Finite(to), length)
    {
        Power = Require.Positive(power, nameof(power));
    }

    /// <summary>The exponent.</summary>
    public double Power { get; }

    /// <inheritdoc/>
    internal override double Evaluate(double position) =>
        position >= Span ? To : Blend.Of(From, To, Math.Pow(1 - (position / Span), Power));

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Polynomial(From, To, Power, place.Converted(Length));
}
