using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A staircase: <c>initial gamma^floor(t / every)</c>, for ever or for a length, after which the last value stays. Text:
/// <c>step(0.1, gamma 0.1, every 30ep)</c>.
/// </summary>
public sealed record Step : Schedule
{
    private readonly double _end;

    /// <summary>A staircase.</summary>
    /// <param name="initial">The value at position 0; finite.</param>
    /// <param name="gamma">The factor of each step; finite, above 0.</param>
    /// <param name="every">How long a step is; above 0, not the rest.</param>
    /// <param name="length">How long; for ever, or what the budget leaves over, where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Step(double initial, double gamma, Duration every, Duration length = default)
        : base(Extent.Endless(length, every))
    {
        Initial = Require.Finite(initial, nameof(initial));
        Gamma = Require.Positive(gamma, nameof(gamma));
        Every = Duration.Positive(every, nameof(every));
        Length = length;
        _end = Extent.EndOf(length);
    }

    /// <summary>The value at position 0.</summary>
    public double Initial { get; }

    /// <summary>The factor of each step.</summary>
    public double Gamma { get; }

    /// <summary>How long a step is.</summary>
    public Duration Every { get; }

    /// <summary>How long it goes on.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Interval Bounds
    {
        get
        {
            var last = double.IsFinite(_end) ? Evaluate(_end) : Gamma > 1 ? Initial * double.PositiveInfinity : Gamma < 1 ? 0 : Initial;
            return Interval.Between(Initial, Initial == 0 ? 0 : last);
        }
    }

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Initial * Math.Pow(Gamma, StepOf(position));

    /// <inheritdoc/>
    internal override double HoldsUntil(double position)
    {
        var next = (StepOf(position) + 1) * Every.Value;
        return position >= _end || next > _end || Gamma == 1 ? double.PositiveInfinity : next;
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        new Step(Initial, Gamma, place.Anywhere.Converted(Every), place.ConvertedOrRest(Length));

    private double StepOf(double position) => Math.Floor(Math.Min(position, _end) / Every.Value);
}
