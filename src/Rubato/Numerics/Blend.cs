namespace Rubato.Numerics;

/// <summary>
/// A value between two ends, reckoned from the nearer one: exact at both, and no less precise beside a small end than the end is.
/// </summary>
internal static class Blend
{
    /// <summary><c>to + (from - to) left</c>.</summary>
    /// <param name="from">The value where <paramref name="left"/> is 1.</param>
    /// <param name="to">The value where <paramref name="left"/> is 0.</param>
    /// <param name="left">In [0, 1].</param>
    internal static double Of(double from, double to, double left) =>
        left > 0.5 ? from + ((to - from) * (1 - left)) : to + ((from - to) * left);

    /// <summary><c>from (to / from)^share</c>, also where the ratio leaves the range of a double.</summary>
    /// <param name="from">The value where <paramref name="share"/> is 0; above 0.</param>
    /// <param name="to">The value where <paramref name="share"/> is 1; above 0.</param>
    /// <param name="share">In [0, 1].</param>
    internal static double Geometric(double from, double to, double share) =>
        to / from is > 0 and <= double.MaxValue and var ratio
            ? from * Math.Pow(ratio, share)
            : Math.Pow(from, 1 - share) * Math.Pow(to, share);
}
