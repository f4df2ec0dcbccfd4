using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A schedule held between two bounds: <c>min(max(inner(t), minimum), maximum)</c>. Text: <c>clamp(exp(0.1, gamma 0.9, every 1ep),
/// 1e-4..1)</c>.
/// </summary>
public sealed record Clamp : Schedule
{
    /// <summary>A schedule held between two bounds.</summary>
    /// <param name="inner">The schedule.</param>
    /// <param name="minimum">Finite.</param>
    /// <param name="maximum">Finite, at least <paramref name="minimum"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
    public Clamp(Schedule inner, double minimum, double maximum)
        : base(inner.Extent)
    {
        Inner = inner;
        Minimum = Require.Finite(minimum, nameof(minimum));
        Maximum = Require.Finite(maximum, nameof(maximum)) >= minimum
            ? maximum
            : throw new ArgumentOutOfRangeException(nameof(maximum), maximum, $"maximum must be at least minimum, which is {minimum}.");
    }

    /// <summary>The schedule.</summary>
    public Schedule Inner { get; }

    /// <summary>The least value.</summary>
    public double Minimum { get; }

    /// <summary>The greatest value.</summary>
    public double Maximum { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => new(Bound(Inner.Bounds.Min), Bound(Inner.Bounds.Max));

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Bound(Inner.Evaluate(position));

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        Inner.EvaluateAll(positions);
        foreach (ref var value in positions)
        {
            value = Bound(value);
        }
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => Inner.HoldsUntil(position);

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => new Clamp(Inner.Resolve(place), Minimum, Maximum);

    private double Bound(double value) => Math.Min(Math.Max(value, Minimum), Maximum);
}
