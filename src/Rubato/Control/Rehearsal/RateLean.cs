namespace Rubato.Control;

/// <summary>From the scores of miniature runs to the peak of the real one.</summary>
internal static class RateLean
{
    // Chosen, not fitted. A run that was destroyed says only that its rate is too high, not by how much.
    private const double MostUneven = 3;

    /// <summary>
    /// The peak rate. Where the run half a decade above the best one learned nothing, a cliff lies between the two, and the peak does not
    /// lean beyond the best one.
    /// </summary>
    /// <param name="scores">By rate in half decades; at least one.</param>
    /// <param name="nothing">The score from which on a run has learned nothing.</param>
    /// <param name="settings">How far to lean.</param>
    /// <param name="longer">How many times as many updates the real run has.</param>
    /// <param name="larger">How many times as large its batch is.</param>
    internal static double Peak(
        IReadOnlyDictionary<int, double> scores, double nothing, RehearsalSettings settings, double longer, double larger)
    {
        var shift = (settings.BatchLean * Math.Log10(larger)) - (settings.HorizonLean * Math.Log10(Math.Max(1, longer)));
        var peak = Vertex(scores, isEven: false) * Math.Pow(10, Math.Min(settings.MostLean, shift));
        var best = BestOf(scores);
        return scores.TryGetValue(best + 1, out var above) && above >= nothing ? Math.Min(peak, MiniatureRuns.RateOf(best)) : peak;
    }

    /// <summary>The minimum of the parabola through the best and its neighbours; the best itself where a neighbour is missing.</summary>
    /// <param name="scores">By rate in half decades; at least one.</param>
    /// <param name="isEven">
    /// Whether no neighbour counts as more than three times as far above the best as the other one, so that one that was destroyed does not
    /// push the minimum away from it by half.
    /// </param>
    internal static double Vertex(IReadOnlyDictionary<int, double> scores, bool isEven)
    {
        var best = BestOf(scores);
        if (!scores.TryGetValue(best - 1, out var left) || !scores.TryGetValue(best + 1, out var right))
        {
            return MiniatureRuns.RateOf(best);
        }

        if (isEven)
        {
            var lowest = scores[best];
            (left, right) = (
                Math.Min(left, lowest + (MostUneven * (right - lowest))), Math.Min(right, lowest + (MostUneven * (left - lowest))));
        }

        var curvature = left - (2 * scores[best]) + right;
        var offset = curvature > 0 ? (left - right) / (2 * curvature) : 0;
        return Math.Pow(10, (best + Math.Clamp(offset, -1, 1)) / 2);
    }

    private static int BestOf(IReadOnlyDictionary<int, double> scores) =>
        scores.OrderBy(run => run.Value).ThenBy(run => run.Key).First().Key;
}
