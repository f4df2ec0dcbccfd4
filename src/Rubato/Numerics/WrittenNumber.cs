using System.Globalization;
using System.Text;

namespace Rubato.Numerics;

/// <summary>Numbers as programs write them into logs and tables, in invariant culture.</summary>
internal static class WrittenNumber
{
    /// <summary>
    /// Reads a number. What is not finite may be written as .NET, JavaScript and Python do: <c>Infinity</c>, <c>inf</c>, <c>NaN</c>, in any
    /// case and with a sign.
    /// </summary>
    /// <param name="text">The text; blanks around the number are passed over.</param>
    /// <param name="value">The number; 0 if there is none.</param>
    /// <returns>Whether it is a number.</returns>
    internal static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        var word = text.Trim();
        var isNegative = word is ['-', ..];
        if (!(word is ['-' or '+', ..] ? word[1..] : word).Equals("inf", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    /// <summary>Reads a number from UTF-8 in the same way.</summary>
    /// <param name="utf8">The bytes of the text.</param>
    /// <param name="value">The number; 0 if there is none.</param>
    /// <returns>Whether it is a number.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> utf8, out double value)
    {
        if (double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        // What is left to be read is short, with blanks and a sign.
        Span<char> text = stackalloc char[16];
        return utf8.Length <= text.Length
            && Encoding.UTF8.TryGetChars(utf8, text, out var length)
            && TryRead(text[..length], out value);
    }
}
