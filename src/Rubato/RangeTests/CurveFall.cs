namespace Rubato.RangeTests;

/// <summary>The fall of a smoothed curve: from its highest point before the lowest to the lowest.</summary>
/// <param name="Top">The index of the highest.</param>
/// <param name="Bottom">The index of the lowest; above <paramref name="Top"/>.</param>
/// <param name="Depth">By how much the loss falls; above 0.</param>
internal readonly record struct CurveFall(int Top, int Bottom, double Depth)
{
    // A curve without any fall has a highest and a lowest point as well, some four standard deviations of its error apart.
    private const double LeastErrors = 7;
    private const double LeastShare = 0.005;

    /// <summary>What a fall must be larger than.</summary>
    internal static double LeastDepth(SmoothedCurve curve) => Math.Max(LeastErrors * curve.Noise, LeastShare * Math.Abs(curve.Smoothed[0]));

    /// <summary>Null where the loss does not fall by more than its noise explains.</summary>
    internal static CurveFall? Of(SmoothedCurve curve)
    {
        var smoothed = curve.Smoothed;
        var (top, bottom) = (0, 0);
        for (var i = 1; i < smoothed.Length; i++)
        {
            bottom = smoothed[i] < smoothed[bottom] ? i : bottom;
        }

        // A floor of equal losses is lowest in its middle.
        var end = bottom;
        while (end + 1 < smoothed.Length && smoothed[end + 1].Equals(smoothed[bottom]))
        {
            end++;
        }

        bottom += (end - bottom) / 2;
        for (var i = 1; i < bottom; i++)
        {
            top = smoothed[i] > smoothed[top] ? i : top;
        }

        var depth = smoothed[top] - smoothed[bottom];
        return bottom > top && depth > LeastDepth(curve) ? new CurveFall(top, bottom, depth) : null;
    }
}
