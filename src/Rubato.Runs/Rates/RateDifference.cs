namespace Rubato.Runs.Rates;

/// <summary>By how much the effective rates of two runs differ.</summary>
/// <param name="Largest">The largest difference at one update, as a share of the larger of its two rates: 0..1.</param>
/// <param name="Step">The update where it is; the first of several.</param>
/// <param name="Updates">How many updates were measured in both; at least 1.</param>
/// <remarks>Immutable.</remarks>
public readonly record struct RateDifference(double Largest, long Step, int Updates)
{
    /// <summary>Compares two runs at the updates that were measured in both.</summary>
    /// <param name="first">A run.</param>
    /// <param name="second">Another.</param>
    /// <returns>The difference; null where there is no such update.</returns>
    public static RateDifference? Of(RateCurve first, RateCurve second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var shared = first.Effective
            .Join(
                second.Effective,
                update => update.Step,
                update => update.Step,
                (one, other) => (Share: Share(one.EffectiveRate, other.EffectiveRate), one.Step))
            .ToList();
        if (shared.Count == 0)
        {
            return null;
        }

        var largest = shared.MaxBy(at => at.Share);
        return new RateDifference(largest.Share, largest.Step, shared.Count);
    }

    private static double Share(double one, double other) => one == other ? 0 : Math.Abs(one - other) / Math.Max(one, other);
}
