namespace Rubato.Cli.Display;

/// <summary>Round values to be labelled on an axis.</summary>
internal static class AxisTicks
{
    // So that an end which is round up to rounding errors has its tick.
    private const double Slack = 1e-9;

    /// <summary>Multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">The axis's beginning.</param>
    /// <param name="high">Its end, above <paramref name="low"/>.</param>
    /// <param name="most">How many there may be, equally far apart from end to end; at least 2.</param>
    /// <returns>In ascending order, within the axis.</returns>
    internal static IReadOnlyList<double> Linear(double low, double high, int most)
    {
        var least = (high - low) / (most - 1) * (1 - Slack);
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var step = power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
        var (first, last) = (Math.Ceiling((low / step) - Slack), Math.Floor((high / step) + Slack));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Rounded((first + i) * step, step))];
    }

    /// <summary>Powers of ten.</summary>
    /// <param name="low">The axis's beginning, above 0.</param>
    /// <param name="high">Its end, above <paramref name="low"/>.</param>
    /// <param name="most">How many there may be, equally far apart from end to end; at least 2.</param>
    /// <returns>In ascending order, within the axis.</returns>
    internal static IReadOnlyList<double> Logarithmic(double low, double high, int most)
    {
        var stride = Math.Max((int)Math.Ceiling(((Math.Log10(high) - Math.Log10(low)) / (most - 1)) - Slack), 1);
        var (first, last) = ((int)Math.Ceiling(Math.Log10(low) - Slack), (int)Math.Floor(Math.Log10(high) + Slack));
        return
        [
            .. Enumerable.Range(0, Math.Max(last - first + 1, 0))
                .Where(i => (first + i) % stride == 0)
                .Select(i => Math.Pow(10, first + i)),
        ];
    }

    // 3 * 0.1 is not 0.3: the digits that the step has are all there are.
    private static double Rounded(double value, double step)
    {
        var digits = -(int)Math.Floor(Math.Log10(step) + Slack);
        return digits is > 0 and <= 15 ? Math.Round(value, digits) : value;
    }
}
