namespace Rubato.Language;

/// <summary>A word, number or sign of a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is written; empty at the end.</param>
/// <param name="Position">Where it begins, from 0.</param>
/// <param name="Number">The value of a number; infinite where it is out of range.</param>
/// <param name="Unit">The letters that follow a number without a blank; empty elsewhere.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, double Number = 0, string Unit = "")
{
    /// <summary>How a message names what was found.</summary>
    internal string Found => Kind == TokenKind.End ? "the text ends" : $"found '{Shorten(Text)}'";

    /// <summary>Whether it is this word.</summary>
    internal bool IsWord(string word) => Kind == TokenKind.Name && Text == word;

    /// <summary>Whether a duration begins here.</summary>
    internal bool BeginsDuration => Kind == TokenKind.Number || IsWord("rest");

    /// <summary>A text that is no longer than a message bears.</summary>
    internal static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}...";
}

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A number, with its unit where it has one.</summary>
    Number,

    /// <summary>A letter, then letters, digits, dashes and underscores.</summary>
    Name,

    /// <summary><c>(</c>.</summary>
    Open,

    /// <summary><c>)</c>.</summary>
    Close,

    /// <summary><c>,</c>.</summary>
    Comma,

    /// <summary><c>:</c>.</summary>
    Colon,

    /// <summary><c>-></c>.</summary>
    Arrow,

    /// <summary><c>..</c>.</summary>
    Dots,

    /// <summary><c>+</c>.</summary>
    Plus,

    /// <summary><c>*</c>.</summary>
    Star,

    /// <summary>A sign that the language does not have.</summary>
    Unknown,
}
