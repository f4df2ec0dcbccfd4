using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// Growth of the batch in place of the decay of the rate: wherever the planned rate lies below its highest value so far, the batch is as
/// much larger as lets the rate stay at that value, <c>B' = B peak / lr</c> in the form for small batches, and <c>lr' = lr B' / B</c>.
/// </summary>
/// <remarks>
/// <para>
/// Rises of the rate stay as they are: a warm-up is not touched, and a cycle that comes back to its maximum brings the batch back to its
/// planned size. At the limit <see cref="PlanRewrite.MaxBatch"/> the rate decays on as planned. The batch is rounded down, so the rate
/// never exceeds its planned peak.
/// </para>
/// <para>Smith, Kindermans, Ying, Le 2018, arXiv 1711.00489, sections 3 and 5.1; with <see cref="First"/> their hybrid schedule.</para>
/// </remarks>
public sealed record GrowBatch : PlanRewrite
{
    /// <summary>
    /// Only the first so many decays become growth, and the rate takes those after them; at least 1, all where it is null. A decay is a
    /// step of the rate that leaves it further below its peak than any before, or a step of <see cref="Ratio"/> where the rate moves all
    /// the time.
    /// </summary>
    public int? First { get; init => field = value is { } count ? (int)Require.Positive((long)count, nameof(First)) : null; }

    /// <summary>
    /// Where the rate moves all the time, the batch takes a step each time the rate has fallen below its peak by this factor; finite, above
    /// 1. Between, the rate decays. Steps of the rate are taken as they are.
    /// </summary>
    public double Ratio { get; init => field = Require.FiniteAbove(1, value, nameof(Ratio)); } = 2;

    /// <inheritdoc/>
    private protected override BatchChoice Choice(BatchRoom room) => new GrowingBatch(room, First, Ratio);
}
