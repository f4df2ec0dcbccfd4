using System.Globalization;

namespace Rubato.Runs.RangeTests;

/// <summary>Rates that were read off a curve, as text.</summary>
public static class RateText
{
    /// <summary>A rate to two digits, which is more than a noisy curve says, as <c>--lr</c> takes it.</summary>
    /// <param name="rate">Finite, at least 0.</param>
    /// <returns>Such as <c>0.085</c>, <c>4.2e-4</c>, <c>120</c>.</returns>
    public static string Of(double rate)
    {
        var rounded = double.Parse(rate.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded.ToString(rounded is < 1e-3 or >= 1e6 ? "0.#e-0" : "0.#####", CultureInfo.InvariantCulture);
    }
}
