using System.Globalization;
using System.Text;

namespace Rubato.Language;

/// <summary>Cuts a text of the language into tokens; never fails, since only the parser knows what was expected.</summary>
/// <remarks>
/// A number is digits, a point, digits and an exponent, with a minus right before it where it is negative; a point belongs to a number only
/// where a digit follows it, so that <c>1..2</c> is a range.
/// </remarks>
internal static class Lexer
{
    /// <summary>All tokens, the last of which is the end.</summary>
    internal static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            var token = ReadOne(text, position);
            tokens.Add(token);
            if (token.Kind == TokenKind.End)
            {
                return tokens;
            }

            position += token.Text.Length;
        }
    }

    private static Token ReadOne(string text, int start)
    {
        if (start >= text.Length)
        {
            return new Token(TokenKind.End, "", text.Length);
        }

        if (char.IsAsciiLetter(text[start]))
        {
            return new Token(TokenKind.Name, text[start..EndOfName(text, start)], start);
        }

        if (EndOfNumber(text, start) is var end && end > start)
        {
            var value = double.Parse(text.AsSpan(start, end - start), NumberStyles.Float, CultureInfo.InvariantCulture);
            var afterUnit = end < text.Length && char.IsAsciiLetter(text[end]) ? EndOfName(text, end) : end;
            return new Token(TokenKind.Number, text[start..afterUnit], start, value, text[end..afterUnit]);
        }

        var (kind, length) = (text[start], At(text, start + 1)) switch
        {
            ('-', '>') => (TokenKind.Arrow, 2),
            ('.', '.') => (TokenKind.Dots, 2),
            ('(', _) => (TokenKind.Open, 1),
            (')', _) => (TokenKind.Close, 1),
            (',', _) => (TokenKind.Comma, 1),
            (':', _) => (TokenKind.Colon, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('*', _) => (TokenKind.Star, 1),
            _ => (TokenKind.Unknown, Rune.TryGetRuneAt(text, start, out var rune) ? rune.Utf16SequenceLength : 1),
        };
        return new Token(kind, text.Substring(start, length), start);
    }

    private static int EndOfName(string text, int start)
    {
        var end = start + 1;
        while (char.IsAsciiLetterOrDigit(At(text, end)) || At(text, end) == '_' || (At(text, end) == '-' && At(text, end + 1) != '>'))
        {
            end++;
        }

        return end;
    }

    // The start where there is no number.
    private static int EndOfNumber(string text, int start)
    {
        var first = At(text, start) == '-' ? start + 1 : start;
        var end = EndOfDigits(text, first);
        if (At(text, end) == '.' && char.IsAsciiDigit(At(text, end + 1)))
        {
            end = EndOfDigits(text, end + 1);
        }

        if (end == first)
        {
            return start;
        }

        var exponent = At(text, end + 1) is '+' or '-' ? end + 2 : end + 1;
        return At(text, end) is 'e' or 'E' && char.IsAsciiDigit(At(text, exponent)) ? EndOfDigits(text, exponent) : end;
    }

    private static int EndOfDigits(string text, int start)
    {
        while (char.IsAsciiDigit(At(text, start)))
        {
            start++;
        }

        return start;
    }

    private static char At(string text, int position) => position < text.Length ? text[position] : '\0';
}
