using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Decay with the inverse square root of time: <c>initial / sqrt(1 + t / timescale)</c>, for ever or for a length, after which the last
/// value stays. Text: <c>inverse-sqrt(0.1, timescale 4000ba)</c>.
/// </summary>
/// <remarks>
/// After a linear warm-up as long as the timescale this is the schedule of Vaswani et al. 2017, "Attention Is All You Need", section 5.3.
/// </remarks>
public sealed record InverseSquareRoot : Schedule
{
    private readonly double _end;

    /// <summary>Decay with the inverse square root of time.</summary>
    /// <param name="initial">The value at position 0; finite.</param>
    /// <param name="timescale">When it has fallen by the square root of 2; above 0, not the rest.</param>
    /// <param name="length">How long; for ever, or what the budget leaves over, where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public InverseSquareRoot(double initial, Duration timescale, Duration length = default)
        : base(Extent.Endless(length, timescale))
    {
        Initial = Require.Finite(initial, nameof(initial));
        Timescale = Duration.Positive(timescale, nameof(timescale));
        Length = length;
        _end = Extent.EndOf(length);
    }

    /// <summary>The value at position 0.</summary>
    public double Initial { get; }

    /// <summary>When it has fallen by the square root of 2.</summary>
    public Duration Timescale { get; }

    /// <summary>How long it goes on.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Interval.Between(Initial, 0);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Initial / Math.Sqrt(1 + (Math.Min(position, _end) / Timescale.Value));

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position >= _end ? double.PositiveInfinity : position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        new InverseSquareRoot(Initial, place.Anywhere.Converted(Timescale), place.ConvertedOrRest(Length));
}
