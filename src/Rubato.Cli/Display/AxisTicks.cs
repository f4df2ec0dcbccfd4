namespace Rubato.Cli.Display;

/// <summary>Round values to be labelled on an axis.</summary>
internal static class AxisTicks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">The axis's beginning.</param>
    /// <param name="high">Its end, above <paramref name="low"/>.</param>
    /// <param name="most">How many there may be; at least 1.</param>
    /// <returns>In ascending order, within the axis.</returns>
    internal static IReadOnlyList<double> Linear(double low, double high, int most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / most)));
        for (var step = power; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<int>)[1, 2, 5])
            {
                step = power * factor;
                var (first, last) = (Math.Ceiling((low / step) - 1e-9), Math.Floor((high / step) + 1e-9));
                if (last - first + 1 <= most)
                {
                    return [.. Enumerable.Range(0, (int)Math.Max(last - first + 1, 0)).Select(i => Rounded((first + i) * step, step))];
                }
            }
        }
    }

    /// <summary>Powers of ten.</summary>
    /// <param name="low">The axis's beginning, above 0.</param>
    /// <param name="high">Its end, above <paramref name="low"/>.</param>
    /// <param name="most">How many there may be; at least 1.</param>
    /// <returns>In ascending order, within the axis.</returns>
    internal static IReadOnlyList<double> Logarithmic(double low, double high, int most)
    {
        var (first, last) = ((int)Math.Ceiling(Math.Log10(low) - 1e-9), (int)Math.Floor(Math.Log10(high) + 1e-9));
        var stride = Math.Max((last - first + most) / most, 1);
        return [.. Enumerable.Range(0, Math.Max(last - first + 1, 0)).Where(i => (first + i) % stride == 0).Select(i => Math.Pow(10, first + i))];
    }

    // 3 * 0.1 is not 0.3.
    private static double Rounded(double value, double step) => Math.Round(value / step) is 0 ? 0 : (double)Math.Round((decimal)value, 15);
}
