namespace Rubato.Schedules;

/// <summary>A curve that goes from one value to another in a length, and stays there.</summary>
public abstract record Transition : Schedule
{
    private readonly double _span;

    private protected Transition(double from, double to, Duration length)
        : base(Extent.Of(length))
    {
        From = from;
        To = to;
        Length = length;
        _span = length.Value;
    }

    /// <summary>The value at position 0.</summary>
    public double From { get; }

    /// <summary>The value at the end and beyond.</summary>
    public double To { get; }

    /// <summary>How long it takes.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal sealed override Interval Bounds => Interval.Between(From, To);

    /// <summary>How many positions it takes; of a resolved curve.</summary>
    private protected double Span => _span;

    /// <inheritdoc/>
    internal sealed override double HoldsUntil(double position) => position >= _span ? double.PositiveInfinity : position;
}
