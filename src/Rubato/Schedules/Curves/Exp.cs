using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Exponential decay or growth: <c>initial gamma^(t / every)</c>, for ever or for a length, after which the last value stays. Text:
/// <c>exp(0.1, gamma 0.95, every 1ep)</c>.
/// </summary>
/// <remarks>
/// Caffe's policy <c>exp</c>; <c>ExponentialLR</c> of PyTorch with <c>every 1ba</c> or <c>1ep</c>. With a gamma above 1 it grows; the value
/// is infinite where it leaves the range of a double.
/// </remarks>
public sealed record Exp : Schedule
{
    private readonly double _end;

    /// <summary>Exponential decay or growth.</summary>
    /// <param name="initial">The value at position 0; finite.</param>
    /// <param name="gamma">The factor; finite, above 0.</param>
    /// <param name="every">Over how long the factor is applied once; above 0, not the rest.</param>
    /// <param name="length">How long; for ever, or what the budget leaves over, where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Exp(double initial, double gamma, Duration every, Duration length = default)
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

    /// <summary>The factor.</summary>
    public double Gamma { get; }

    /// <summary>Over how long the factor is applied once.</summary>
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
    internal override double Evaluate(double position) => Initial * Math.Pow(Gamma, Math.Min(position, _end) / Every.Value);

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position >= _end || Gamma == 1 ? double.PositiveInfinity : position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        new Exp(Initial, Gamma, place.Anywhere.Converted(Every), place.ConvertedOrRest(Length));
}
