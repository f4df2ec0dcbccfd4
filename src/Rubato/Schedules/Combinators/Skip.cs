namespace Rubato.Schedules;

/// <summary>A schedule from its middle on: <c>inner(t + by)</c>. Text: <c>skip(cosine(0.1 -> 0, 30ep), 5ep)</c>.</summary>
public sealed record Skip : Schedule
{
    /// <summary>A schedule without its beginning.</summary>
    /// <param name="inner">The schedule.</param>
    /// <param name="by">What is left out; not the rest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is the rest.</exception>
    public Skip(Schedule inner, Duration by)
        : base(inner.Extent
            .WithLength(inner.Extent.Length <= by.Value ? 0 : inner.Extent.Length - by.Value)
            .Using(Duration.Counted(by, nameof(by))))
    {
        Inner = inner;
        By = by;
    }

    /// <summary>The schedule.</summary>
    public Schedule Inner { get; }

    /// <summary>What is left out of its beginning.</summary>
    public Duration By { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Inner.Bounds;

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Inner.Evaluate(position + By.Value);

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        foreach (ref var position in positions)
        {
            position += By.Value;
        }

        Inner.EvaluateAll(positions);
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => Inner.HoldsUntil(position + By.Value) - By.Value;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        var by = place.Anywhere.Converted(By);
        return new Skip(Inner.Resolve(place.Anywhere with { Room = place.Room + by.Value }), by);
    }
}
