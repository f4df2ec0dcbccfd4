using System.Text;

namespace Rubato.Language;

/// <summary>Options in the form of earlier versions, <c>name: value</c>, which this version still reads.</summary>
internal static class ColonOptions
{
    /// <summary>What to tell the writer of a text: a sentence for each option with a colon.</summary>
    /// <param name="text">Any text of the language. In a text such as <c>csv:FILE</c> there are no options.</param>
    /// <returns>The sentences, in the order of the text.</returns>
    internal static IEnumerable<string> NotesOn(string text)
    {
        var tokens = Lexer.Read(text);
        return from name in Find(tokens)
               let option = tokens[name].Text
               let value = text[tokens[name + 2].Position..EndOfValue(tokens, name + 2)].TrimEnd()
               select $"options are written '{option} {value}'; '{option}: {value}' is read in this version only.";
    }

    /// <summary>The same text with a blank in place of each such colon.</summary>
    internal static string Without(string text)
    {
        var tokens = Lexer.Read(text);
        var written = new StringBuilder();
        var from = 0;
        foreach (var name in Find(tokens))
        {
            written.Append(text, from, tokens[name].Position + tokens[name].Text.Length - from).Append(' ');
            from = tokens[name + 2].Position;
        }

        return written.Append(text, from, text.Length - from).ToString();
    }

    // Which tokens are names of options before a colon and a value.
    private static IEnumerable<int> Find(List<Token> tokens)
    {
        var depth = 0;
        for (var i = 0; i + 3 < tokens.Count; i++)
        {
            depth += tokens[i].Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (tokens[i].Kind == TokenKind.Colon && depth == 0)
            {
                yield break;
            }

            if (depth > 0
                && tokens[i].Kind is TokenKind.Open or TokenKind.Comma
                && tokens[i + 1] is { Kind: TokenKind.Name, BeginsDuration: false }
                && tokens[i + 2].Kind == TokenKind.Colon
                && tokens[i + 3].Kind is not (TokenKind.Comma or TokenKind.Close or TokenKind.End))
            {
                yield return i + 1;
            }
        }
    }

    // Where the comma or parenthesis stands that ends a value.
    private static int EndOfValue(List<Token> tokens, int start)
    {
        var depth = 0;
        for (var i = start; i < tokens.Count; i++)
        {
            depth += tokens[i].Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && tokens[i].Kind == TokenKind.Comma))
            {
                return tokens[i].Position;
            }
        }

        return tokens[^1].Position;
    }
}
