using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>The same value at every position. Text: <c>0.1</c>, or <c>constant(0.1, 30ep)</c>.</summary>
/// <remarks>Without a length it fills what it is given; before another schedule, that is the rest of the budget.</remarks>
public sealed record Constant : Schedule
{
    private readonly double _value;

    /// <summary>A constant.</summary>
    /// <param name="value">The value; finite.</param>
    /// <param name="length">How long; the rest where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public Constant(double value, Duration length = default)
        : this(length, Require.Finite(value, nameof(value)))
    {
    }

    private Constant(Duration length, double value)
        : base(length.IsRest ? Extent.Timeless : Extent.Of(length))
    {
        _value = value;
        Length = length;
    }

    /// <summary>The value.</summary>
    public double Value => _value;

    /// <summary>How long it lasts.</summary>
    public Duration Length { get; }

    /// <summary>A number that stands for a schedule, whatever it is: a plan reports it, together with all else that is wrong.</summary>
    internal static Constant Of(double value) => new(Duration.Rest, value);

    /// <inheritdoc/>
    internal override Interval Bounds => new(_value, _value);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => _value;

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions) => positions.Fill(_value);

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => double.PositiveInfinity;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Constant(place.ConvertedOrRest(Length), _value);
}
