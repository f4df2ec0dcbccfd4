using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Values at points in time. With <see cref="Interpolation.None"/> the value of the last point at or before <c>t</c>; with
/// <see cref="Interpolation.Linear"/> the straight line between the two points around <c>t</c>. Before the first point its value, beyond
/// the last point the last value. Text: <c>table(0ep: 0.1, 60ep: 0.02)</c>, <c>table(0ep: 0, 5ep: 0.1, 30ep: 0, interpolate linear)</c>.
/// </summary>
public sealed record Table : Schedule
{
    private readonly double[] _times;

    /// <summary>Values at points in time.</summary>
    /// <param name="points">In ascending order of time, counted from this schedule's start; at least one.</param>
    /// <param name="interpolation">What holds between points.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a time is the rest.</exception>
    /// <exception cref="ArgumentException">There is no point, or two of one unit are not in ascending order.</exception>
    public Table(ImmutableArray<TablePoint> points, Interpolation interpolation = Interpolation.None)
        : base(TimePoints.Extent(points.IsDefault ? default : [.. points.Select(point => point.At)], nameof(points)))
    {
        foreach (var point in points)
        {
            Require.Finite(point.Value, nameof(points));
        }

        Points = points;
        Interpolation = Enum.IsDefined(interpolation)
            ? interpolation
            : throw new ArgumentOutOfRangeException(nameof(interpolation), interpolation, "interpolation must be None or Linear.");
        _times = [.. points.Select(point => point.At.Value)];
    }

    /// <summary>The points, in ascending order of time.</summary>
    public ImmutableArray<TablePoint> Points { get; }

    /// <summary>What holds between points.</summary>
    public Interpolation Interpolation { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => new(Points.Min(point => point.Value), Points.Max(point => point.Value));

    /// <inheritdoc/>
    public bool Equals(Table? other) => other is not null && Interpolation == other.Interpolation && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Interpolation, Points.Length, Points[0]);

    /// <inheritdoc/>
    internal override double Evaluate(double position)
    {
        var passed = TimePoints.Passed(_times, position);
        if (passed == 0 || passed == _times.Length || Interpolation == Interpolation.None)
        {
            return Points[Math.Max(passed - 1, 0)].Value;
        }

        var (from, to) = (Points[passed - 1].Value, Points[passed].Value);
        return from + ((to - from) * ((position - _times[passed - 1]) / (_times[passed] - _times[passed - 1])));
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position)
    {
        var passed = TimePoints.Passed(_times, position);
        return passed == 0 && _times.Length > 1 && Interpolation == Interpolation.None ? TimePoints.NextAfter(_times, _times[0])
            : passed == _times.Length || _times.Length == 1 ? double.PositiveInfinity
            : passed == 0 || Interpolation == Interpolation.None ? _times[passed]
            : position;
    }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        var times = TimePoints.Resolve([.. Points.Select(point => point.At)], place);
        return new Table([.. Points.Select((point, i) => point with { At = times[i] })], Interpolation);
    }
}

/// <summary>A value at a point in time.</summary>
/// <param name="At">When, counted from the start of the table.</param>
/// <param name="Value">The value; finite.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct TablePoint(Duration At, double Value);

/// <summary>What holds between the points of a <see cref="Table"/>.</summary>
public enum Interpolation
{
    /// <summary>The value of the last point.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The straight line between two points.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,
}
