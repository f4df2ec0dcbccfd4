namespace Rubato.Tests.Control;

/// <summary>Series with the shape of a warm-up's losses, from a seed.</summary>
internal static class LossCurves
{
    /// <summary>Falls from 2.5, and rises again from a share of the series on.</summary>
    internal static double[] Valley(int count, double turn, double noise, long seed)
    {
        var random = new CounterRandom(seed, 77, 0);
        var curve = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = (double)i / count;
            curve[i] = 2.5 - (1.5 * Math.Min(x, turn)) + (4 * Math.Max(x - turn, 0)) + (noise * random.NextNormal());
        }

        return curve;
    }

    internal static double[] Places(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i / count)];
}
