namespace Rubato.Schedules;

/// <summary>
/// A schedule begun late: <c>inner(0)</c> for <c>t &lt; by</c>, then <c>inner(t - by)</c>. Text: <c>delay(cosine(0.1 -> 0, 30ep), 5ep)</c>.
/// </summary>
public sealed record Delay : Schedule
{
    /// <summary>A schedule begun late.</summary>
    /// <param name="inner">The schedule.</param>
    /// <param name="by">How late; not the rest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is the rest.</exception>
    public Delay(Schedule inner, Duration by)
        : base(ExtentOf(inner, Duration.Counted(by, nameof(by))))
    {
        Inner = inner;
        By = by;
    }

    /// <summary>The schedule.</summary>
    public Schedule Inner { get; }

    /// <summary>How late it begins.</summary>
    public Duration By { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Inner.Bounds;

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Inner.Evaluate(Math.Max(position - By.Value, 0));

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        foreach (ref var position in positions)
        {
            position = Math.Max(position - By.Value, 0);
        }

        Inner.EvaluateAll(positions);
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) =>
        position < By.Value ? Math.Max(By.Value, By.Value + Inner.HoldsUntil(0)) : Inner.HoldsUntil(position - By.Value) + By.Value;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        var by = place.Converted(By);
        if (Inner.Extent.Reach == Reach.Rest && by.Value > 0 && by.Value >= place.Room)
        {
            var room = Room.InUnits(place, place.Room, [By.Unit]);
            throw new InvalidInputException(
                new Finding($"'{Inner}' takes the rest, but its delay of {By} leaves nothing of {room}")
                {
                    Remedy = "shorten it",
                });
        }

        return new Delay(Inner.Resolve(place with { Start = place.Start + by.Value, Room = Math.Max(place.Room - by.Value, 0) }), by);
    }

    // Delayed, what never changes still never does.
    private static Extent ExtentOf(Schedule inner, Duration by) =>
        inner.Extent.WithLength(inner.Extent.Length + by.Value).Using(by) with
        {
            Reach = inner.Extent.Reach == Reach.Timeless ? Reach.Fixed : inner.Extent.Reach,
        };
}
