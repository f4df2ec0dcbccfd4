namespace Rubato.RangeTests;

/// <summary>Losses of a log that holds running averages of them, as fastai's and Lightning's do (0.98).</summary>
/// <remarks>
/// The average is that of <see cref="RunningAverage"/>: <c>m_t = k m_(t-1) + (1 - k) raw_t</c>, <c>avg_t = m_t / (1 - k^t)</c>, with
/// <c>m_0 = 0</c>.
/// </remarks>
internal static class AveragedLosses
{
    /// <summary>The factor that fastai and Lightning keep of the average before.</summary>
    internal const double UsualKeep = 0.98;

    // Between what was measured on 42 range tests and their averages (experiments/range-test): of raw losses 0.43 or more are turning
    // points, of averages over 0.95 and 0.98 at most 0.34.
    private const double FewestTurns = 0.38;

    // Below, the share is too uncertain: its standard deviation is 0.06 at 50 losses.
    private const int FewestLosses = 50;

    /// <summary>
    /// The losses that were averaged: <c>raw_t = ((1 - k^t) avg_t - k (1 - k^(t-1)) avg_(t-1)) / (1 - k)</c>. Errors of rounding grow by
    /// up to <c>2 / (1 - k)</c>.
    /// </summary>
    /// <param name="averages">From the first update on, one an update.</param>
    /// <param name="keep">The factor k, in [0, 1).</param>
    /// <returns>The losses; where an average is not finite, that.</returns>
    internal static double[] Undo(IReadOnlyList<double> averages, double keep)
    {
        var losses = new double[averages.Count];
        var before = 0.0;
        for (var i = 0; i < losses.Length; i++)
        {
            var sum = averages[i] * (1 - Math.Pow(keep, i + 1));
            losses[i] = double.IsFinite(sum) && double.IsFinite(before) ? (sum - (keep * before)) / (1 - keep) : averages[i];
            before = sum;
        }

        return losses;
    }

    /// <summary>
    /// Whether losses are too smooth to be those of batches, and would not be if they were averages. The share of turning points tells it,
    /// losses above or below both their neighbours: two thirds of independent numbers are (Bienaymé 1874; Kendall and Stuart, The Advanced
    /// Theory of Statistics, volume 3, 45.18). A loss without noise is as smooth, but stays so.
    /// </summary>
    /// <param name="losses">From the first update on.</param>
    internal static bool AreLikely(IReadOnlyList<double> losses) =>
        losses.Count(double.IsFinite) >= FewestLosses
        && TurningShare(losses) < FewestTurns
        && TurningShare(Undo(losses, UsualKeep)) >= FewestTurns;

    /// <summary>The share of turning points among the finite losses but the first and the last; 0 if there are none.</summary>
    internal static double TurningShare(IReadOnlyList<double> losses)
    {
        double[] finite = [.. losses.Where(double.IsFinite)];
        var turns = 0;
        for (var i = 1; i < finite.Length - 1; i++)
        {
            turns += (finite[i] > finite[i - 1] && finite[i] > finite[i + 1]) || (finite[i] < finite[i - 1] && finite[i] < finite[i + 1])
                ? 1
                : 0;
        }

        return finite.Length > 2 ? (double)turns / (finite.Length - 2) : 0;
    }
}
