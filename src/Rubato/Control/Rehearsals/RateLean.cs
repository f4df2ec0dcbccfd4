namespace Rubato.Control.Rehearsals;

/// <summary>From the losses of miniature runs to the peak of the real one.</summary>
internal static class RateLean
{
    /// <summary>The peak rate.</summary>
    /// <param name="losses">By rate in half decades; at least one.</param>
    /// <param name="settings">How far to lean.</param>
    /// <param name="longer">How many times as many updates the real run has.</param>
    /// <param name="larger">How many times as large its batch is.</param>
    internal static double Peak(IReadOnlyDictionary<int, double> losses, RehearsalSettings settings, double longer, double larger)
    {
        var best = losses.OrderBy(run => run.Value).ThenBy(run => run.Key).First().Key;
        var shift = (settings.BatchLean * Math.Log10(larger)) - (settings.HorizonLean * Math.Log10(Math.Max(1, longer)));
        return Math.Pow(10, Vertex(losses, best) + Math.Min(settings.MostLean, shift));
    }

    // The minimum of the parabola through the best and its neighbours, in decades; the best itself where a neighbour is missing.
    private static double Vertex(IReadOnlyDictionary<int, double> losses, int best)
    {
        if (!losses.TryGetValue(best - 1, out var left) || !losses.TryGetValue(best + 1, out var right))
        {
            return best / 2.0;
        }

        var curvature = left - (2 * losses[best]) + right;
        var offset = curvature > 0 ? (left - right) / (2 * curvature) : 0;
        return (best + Math.Clamp(offset, -1, 1)) / 2;
    }
}
