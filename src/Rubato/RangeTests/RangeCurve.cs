using System.Collections.Immutable;
using Rubato.Numerics;

namespace Rubato.RangeTests;

/// <summary>What one run of a range test measured.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record RangeCurve
{
    /// <summary>A curve.</summary>
    /// <param name="points">In the order of their updates and of their rates, both rising; at least one.</param>
    /// <param name="end">How the run ended.</param>
    /// <exception cref="ArgumentException">There is no point, or they are out of order.</exception>
    public RangeCurve(ImmutableArray<RangePoint> points, RangeEnd end)
    {
        if (points.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A curve needs at least one point.", nameof(points));
        }

        for (var i = 0; i < points.Length; i++)
        {
            if (points[i].LearningRate is not (> 0 and < double.PositiveInfinity))
            {
                throw new ArgumentException(
                    $"The learning rate of point {i + 1} is {ExactNumber.Text(points[i].LearningRate)}; "
                    + "it must be a finite number above 0.",
                    nameof(points));
            }

            if (i > 0 && (points[i].LearningRate <= points[i - 1].LearningRate || points[i].Update <= points[i - 1].Update))
            {
                throw new ArgumentException(
                    $"Point {i + 1} does not lie beyond point {i}; updates and learning rates must rise.", nameof(points));
            }
        }

        (Points, End) = (points, end);
    }

    /// <summary>The updates.</summary>
    public ImmutableArray<RangePoint> Points { get; }

    /// <summary>How the run ended.</summary>
    public RangeEnd End { get; }

    /// <inheritdoc/>
    public bool Equals(RangeCurve? other) => other is not null && End == other.End && Points.AsSpan().SequenceEqual(other.Points.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Points.Length, Points[^1], End);
}
