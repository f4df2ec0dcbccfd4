using System.Globalization;

namespace Rubato.Numerics;

/// <summary>Numbers to be read by people, in one form wherever they stand: <c>1e-5</c>, <c>0.0123</c>, <c>3,200</c>.</summary>
internal static class NumberText
{
    private const double LeastWithoutExponent = 1e-3;
    private const double MostWithoutExponent = 1e15;

    /// <summary>A number to some significant digits, in invariant culture.</summary>
    /// <param name="value">The number; one that is not finite is <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.</param>
    /// <param name="digits">From 1 to 15.</param>
    /// <returns>
    /// An exponent below a thousandth and from 10^15 on; else groups of thousands. It is not for a text that is read back: that takes no
    /// commas.
    /// </returns>
    internal static string Of(double value, int digits)
    {
        var rounded = double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var format = Math.Abs(rounded) is > 0 and < LeastWithoutExponent or >= MostWithoutExponent
            ? $"0.{new string('#', digits - 1)}e-0"
            : $"#,0.{new string('#', digits + 2)}";
        return rounded.ToString(format, CultureInfo.InvariantCulture);
    }
}
