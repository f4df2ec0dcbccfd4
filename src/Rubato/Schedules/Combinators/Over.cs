namespace Rubato.Schedules;

/// <summary>
/// A schedule within a budget of its own: inside, the rest and shares are those of <see cref="Length"/>; where that ends, the schedule
/// does: <c>inner(min(t, length))</c>. Text: <c>over(linear(0 -> 0.1, 0.3dur) then cosine(0.1 -> 0), 10ep)</c>.
/// </summary>
/// <remarks>
/// Where inner lengths are in the unit of <see cref="Length"/>, shares or the rest, it can be evaluated without a plan.
/// </remarks>
public sealed record Over : Schedule
{
    private readonly Schedule? _resolved;
    private readonly double _length;

    /// <summary>A schedule within a budget of its own.</summary>
    /// <param name="inner">The schedule.</param>
    /// <param name="length">Its budget; all that is left of the outer one where it is left out.</param>
    public Over(Schedule inner, Duration length = default)
        : this(inner, length, ResolvedWithin(inner, length))
    {
    }

    private Over(Schedule inner, Duration length, Schedule? resolved)
        : base(ExtentOf(inner, length, resolved))
    {
        Inner = inner;
        Length = length;
        _resolved = resolved;
        _length = length.Value;
    }

    /// <summary>The schedule.</summary>
    public Schedule Inner { get; }

    /// <summary>Its budget.</summary>
    public Duration Length { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Resolved.Bounds;

    private Schedule Resolved => _resolved ?? throw new InvalidOperationException($"'{this}' is not resolved.");

    /// <summary>
    /// A resolved schedule cut at a length of its own unit; resolving it anew would double the work at every level of a tree, and convert
    /// shares twice.
    /// </summary>
    internal static Over OfResolved(Schedule inner, Duration length) => new(inner, length, inner);

    /// <inheritdoc/>
    public bool Equals(Over? other) => other is not null && Inner == other.Inner && Length == other.Length;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(nameof(Over), Inner, Length);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => _resolved!.Evaluate(position < _length ? position : _length);

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        foreach (ref var position in positions)
        {
            position = position < _length ? position : _length;
        }

        _resolved!.EvaluateAll(positions);
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position)
    {
        if (position >= _length)
        {
            return double.PositiveInfinity;
        }

        var until = Resolved.HoldsUntil(position);
        return until >= _length && Evaluate(_length).Equals(Evaluate(position)) ? double.PositiveInfinity : Math.Min(until, _length);
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        var length = place.Converted(Length);
        return OfResolved(Inner.Resolve(place with { Room = length.Value, Budget = length.Value }), length);
    }

    private static Extent ExtentOf(Schedule inner, Duration length, Schedule? resolved) =>
        resolved is not null ? Extent.Of(length)
        : length.IsRest ? new Extent(Reach.Rest, inner.Extent.Units, double.NaN)
        : new Extent(Reach.Fixed, inner.Extent.Units, double.NaN).Using(length).WithLength(double.NaN);

    private static Schedule? ResolvedWithin(Schedule inner, Duration length) =>
        !length.IsRest && inner.Extent.UsesOnly(length.Unit, TimeUnit.Share)
            ? inner.Resolve(new Place(new SingleUnitAxis(length.Unit), 0, length.Value, length.Value))
            : null;
}
