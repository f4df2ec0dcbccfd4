using System.Globalization;

namespace Rubato.Numerics;

/// <summary>The text of a number that reads back to the same bits.</summary>
internal static class ExactNumber
{
    /// <summary>
    /// The shortest such text, in invariant culture, with an exponent as people write it: <c>1e-5</c>, <c>1e16</c>; <c>NaN</c>,
    /// <c>Infinity</c> and <c>-Infinity</c> for what is not finite.
    /// </summary>
    internal static string Text(double value)
    {
        var text = value.ToString(IsShortestExact(value) ? "R" : "G17", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        return mark < 0 ? text : $"{text[..mark]}e{(text[mark + 1] == '-' ? "-" : "")}{text[(mark + 2)..].TrimStart('0')}";
    }

    /// <summary>Whether .NET's own shortest text of a number reads back equal.</summary>
    /// <remarks>
    /// .NET 10 leaves out the last digit of two powers of two, 2^-25 and 2^-958, which then read back as their neighbours.
    /// </remarks>
    internal static bool IsShortestExact(double value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Equals(value);
}
