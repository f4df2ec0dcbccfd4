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
}
