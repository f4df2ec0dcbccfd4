using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// The same values on a longer or shorter time axis: <c>inner(t / factor)</c>. Text: <c>stretch(cosine(0.1 -> 0, 30ep), 0.5)</c>.
/// </summary>
/// <remarks>Composer's scale schedule ratio. Warm-up is stretched like all else; put it outside to keep its length.</remarks>
public sealed record Stretch : Schedule
{
    /// <summary>A stretched schedule.</summary>
    /// <param name="inner">The schedule.</param>
    /// <param name="factor">Finite, above 0; 2 takes twice as long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of its range.</exception>
    public Stretch(Schedule inner, double factor)
        : base(inner.Extent.WithLength(inner.Extent.Length * Require.Positive(factor, nameof(factor))))
    {
        Inner = inner;
        Factor = factor;
    }

    /// <summary>The schedule.</summary>
    public Schedule Inner { get; }

    /// <summary>How many times as long it takes.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    internal override Interval Bounds => Inner.Bounds;

    /// <inheritdoc/>
    internal override double Evaluate(double position) => Inner.Evaluate(position / Factor);

    /// <inheritdoc/>
    internal override void EvaluateAll(Span<double> positions)
    {
        foreach (ref var position in positions)
        {
            position /= Factor;
        }

        Inner.EvaluateAll(positions);
    }

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => Inner.HoldsUntil(position / Factor) * Factor;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) =>
        new Stretch(Inner.Resolve(place.Anywhere with { Room = place.Room / Factor }), Factor);
}
