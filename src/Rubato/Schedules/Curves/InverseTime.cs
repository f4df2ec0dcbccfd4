using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Decay with the inverse of time: <c>initial / (1 + rate t / every)</c>, for ever or for a length, after which the last value stays. Text:
/// <c>inverse-time(0.1, rate 0.5, every 1ep)</c>.
/// </summary>
/// <remarks>Robbins and Monro 1951; <c>InverseTimeDecay</c> of Keras.</remarks>
public sealed record InverseTime : Schedule
{
    private readonly double _end;

    /// <summary>Decay with the inverse of time.</summary>
    /// <param name="initial">The value at position 0; finite.</param>
    /// <param name="rate">How fast it falls; finite, at least 0.</param>
    /// <param name="every">What the rate is counted by; above 0, not the rest.</param>
    /// <param name="length">How long; for ever, or what the budget leaves over, where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public InverseTime(double initial, double rate, Duration every, Duration length = default)
        : base(Extent.Endless(length, every))
    {
        Initial = Require.Finite(initial, nameof(initial));
        Rate = Require.FiniteAtLeastZero(rate, nameof(rate));
        Every = Duration.Positive(every, nameof(every));
        Length = length;
        _end = Extent.EndOf(length);
    }

    /// <summary>The value at position 0.</summary>
    public double Initial { get; }

    /// <summary>How fast it falls.</summary>
    public double Rate { get; }

    /// <summary>What the rate is counted by.</summary>
    public Duration Every { get; }

    /// <summary>How long it goes on.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Interval.Between(Initial, 0);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Initial / (1 + (Rate * (Math.Min(position, _end) / Every.Value)));

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position >= _end || Rate == 0 ? double.PositiveInfinity : position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        new InverseTime(Initial, Rate, place.Anywhere.Converted(Every), place.ConvertedOrRest(Length));
}
