using System.Collections.Immutable;
using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// Steps at milestones: <c>initial gamma^n</c>, where <c>n</c> is the number of milestones at or before <c>t</c>. Text:
/// <c>multi-step(0.1, gamma 0.2, at 60ep 120ep 160ep)</c>.
/// </summary>
/// <remarks>PyTorch's <c>MultiStepLR</c>: a milestone that is written twice applies the factor twice.</remarks>
public sealed record MultiStep : Schedule
{
    private readonly double[] _milestones;
    private readonly double[] _values;

    /// <summary>Steps at milestones.</summary>
    /// <param name="initial">The value at position 0; finite.</param>
    /// <param name="gamma">The factor of each step; finite, above 0.</param>
    /// <param name="milestones">
    /// Where the steps are, counted from this schedule's start, none before the one ahead of it; at least one, none the rest.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no milestone, or one of two of one unit is before the one ahead of it.</exception>
    public MultiStep(double initial, double gamma, ImmutableArray<Duration> milestones)
        : base(TimePoints.Extent(milestones, nameof(milestones), mayRepeat: true))
    {
        Initial = Require.Finite(initial, nameof(initial));
        Gamma = Require.Positive(gamma, nameof(gamma));
        Milestones = milestones;
        _milestones = [.. milestones.Select(milestone => milestone.Value)];
        _values = [.. Enumerable.Range(0, milestones.Length + 1).Select(n => initial * Math.Pow(gamma, n))];
    }

    /// <summary>The value at position 0.</summary>
    public double Initial { get; }

    /// <summary>The factor of each step.</summary>
    public double Gamma { get; }

    /// <summary>Where the steps are.</summary>
    public ImmutableArray<Duration> Milestones { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Interval.Between(_values[0], _values[^1]);

    /// <summary>The value of each part, one more than there are milestones.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <inheritdoc/>
    public bool Equals(MultiStep? other) =>
        other is not null && Initial.Equals(other.Initial) && Gamma.Equals(other.Gamma) && Milestones.SequenceEqual(other.Milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Initial, Gamma, Milestones.Length, Milestones[0]);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => _values[TimePoints.Passed(_milestones, position)];

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => TimePoints.NextAfter(_milestones, position);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        new MultiStep(Initial, Gamma, TimePoints.Resolve(Milestones, place, mayRepeat: true));
}
