using Rubato.Numerics;

namespace Rubato.Schedules;

/// <summary>
/// A linear warm-up before any schedule: for <c>t &lt; length</c>, <c>inner(0) (from + (1 - from) t / length)</c>; then <c>inner(t -
/// length)</c>. Text: <c>warmup(cosine(0.1 -> 0), 5ep)</c>, <c>warmup(step(0.1, gamma 0.1, every 30ep), 5ep, from 0.1)</c>.
/// </summary>
/// <remarks>Goyal et al. 2017, "Accurate, Large Minibatch SGD", arXiv 1706.02677, section 2.2: gradual warm-up.</remarks>
public sealed record Warmup : Recipe
{
    /// <summary>A linear warm-up before a schedule.</summary>
    /// <param name="inner">The schedule that follows.</param>
    /// <param name="length">How long the warm-up is; not the rest.</param>
    /// <param name="from">The first value, as a share of the schedule's first value; finite, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Warmup(Schedule inner, Duration length, double from = 0)
        : base(new Linear(Require.FiniteAtLeastZero(from), 1, Duration.Counted(length)) * inner.Delay(length))
    {
        Inner = inner;
        Length = length;
        From = from;
    }

    /// <summary>The schedule that follows.</summary>
    public Schedule Inner { get; }

    /// <summary>How long the warm-up is.</summary>
    public Duration Length { get; }

    /// <summary>The first value, as a share of the schedule's first value.</summary>
    public double From { get; }

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place)
    {
        Room.Require(place, needsSome: true, new NamedPart("its warm-up", Length), new NamedPart("", RestOf(Inner)));
        return base.Resolve(place);
    }

    // What ends by itself, or goes on for ever, needs no room.
    private static Duration RestOf(Schedule inner) => inner.Extent.Reach == Reach.Rest ? Duration.Rest : Duration.Samples(0);
}
