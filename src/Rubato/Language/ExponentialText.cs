using System.Collections.Immutable;
using Rubato.Rewrites;

namespace Rubato.Language;

/// <summary>Reads and prints exponential forms: <c>NAME</c>, or <c>NAME(corrections none)</c>.</summary>
internal static class ExponentialText
{
    private static readonly ImmutableArray<ControllerOption<ExponentialRewrite>> Options =
    [
        ControllerOption<ExponentialRewrite>.Word(
            "corrections", rewrite => rewrite.IsCorrected, (rewrite, value) => rewrite with { IsCorrected = value }, ("all", true), ("none", false)),
    ];

    /// <summary>The names, in the order of <see cref="ExponentialForm"/>.</summary>
    internal static ImmutableArray<string> Names { get; } = ["exponential", "texp", "texp--"];

    /// <summary>Whether a form begins here.</summary>
    internal static bool Is(Token token) => token.Kind == TokenKind.Name && Names.Contains(token.Text, StringComparer.Ordinal);

    /// <summary>Reads a form.</summary>
    /// <exception cref="InvalidInputException">The text has another form.</exception>
    internal static ExponentialRewrite Parse(string text, string subject)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var (source, tokens) = (new SourceText(subject, text), Lexer.Read(text));
        return Is(tokens[0])
            ? Read(source, tokens)
            : throw source.Wrong(
                tokens[0].Position,
                $"there is no exponential form '{Token.Shorten(tokens[0].Text)}'; write {Listing.Of(Names, "or")}.{Suggestion.For(tokens[0].Text, [.. Names])}");
    }

    /// <summary>Reads a form whose name comes first.</summary>
    /// <exception cref="InvalidInputException">What follows the name has another form.</exception>
    internal static ExponentialRewrite Read(SourceText source, List<Token> tokens)
    {
        var reader = new ControllerReader(source, tokens, at: 0);
        var rewrite = reader.ReadOptions(Options, ("", new ExponentialRewrite((ExponentialForm)Names.IndexOf(tokens[0].Text))));
        reader.TakeEnd();
        reader.Finish();
        return rewrite;
    }

    /// <summary>Text that is read back to an equal form.</summary>
    internal static string Print(ExponentialRewrite rewrite) => Names[(int)rewrite.Form] + (rewrite.IsCorrected ? "" : "(corrections none)");
}
