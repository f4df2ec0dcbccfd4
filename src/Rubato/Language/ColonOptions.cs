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
        var depth = 0;
        for (var i = 0; i < tokens.Count - 1; i++)
        {
            depth += tokens[i].Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (tokens[i].Kind == TokenKind.Colon && depth == 0)
            {
                yield break;
            }

            if (depth > 0
                && tokens[i].Kind is TokenKind.Open or TokenKind.Comma
                && tokens[i + 1] is { Kind: TokenKind.Name, BeginsDuration: false } name
                && i + 3 < tokens.Count
                && tokens[i + 2].Kind == TokenKind.Colon)
            {
                var value = text[tokens[i + 3].Position..EndOfValue(tokens, i + 3)].TrimEnd();
                yield return $"options are written '{name.Text} {value}'; '{name.Text}: {value}' is read in this version only.";
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
