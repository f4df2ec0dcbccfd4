namespace Rubato.Control;

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
        var shift = (settings.BatchLean * Math.Log10(larger)) - (settings.HorizonLean * Math.Log10(Math.Max(1, longer)));
        return Vertex(losses) * Math.Pow(10, Math.Min(settings.MostLean, shift));
    }

    /// <summary>The minimum of the parabola through the best and its neighbours; the best itself where a neighbour is missing.</summary>
    /// <param name="losses">By rate in half decades; at least one.</param>
    internal static double Vertex(IReadOnlyDictionary<int, double> losses)
    {
        var best = losses.OrderBy(run => run.Value).ThenBy(run => run.Key).First().Key;
        if (!losses.TryGetValue(best - 1, out var left) || !losses.TryGetValue(best + 1, out var right))
        {
            return MiniatureRuns.RateOf(best);
        }

        var curvature = left - (2 * losses[best]) + right;
        var offset = curvature > 0 ? (left - right) / (2 * curvature) : 0;
        return Math.Pow(10, (best + Math.Clamp(offset, -1, 1)) / 2);
    }
}
