using System.Collections.Immutable;

namespace Rubato.Language;

/// <summary>
/// Reads the text form of controllers: <c>[SCHEDULE then] NAME[(PRESET, option value, ...)] [then SCHEDULE]</c>, in the words of schedules, as in
/// <c>autowarmup(max-lr 10) then cosine(1 -> 0)</c>.
/// </summary>
internal static class ControllerText
{
    private const string Beginning = "autowarmup(max-lr 10) then cosine(1 -> 0)";

    private static readonly ImmutableArray<ControllerForm> Forms =
    [
        new(AutoWarmupForm.Name, AutoWarmupForm.Read),
        new(PlateauForm.Name, PlateauForm.Read),
    ];

    private static string[] Names => [.. Forms.Select(form => form.Name)];

    /// <summary>Whether a text is that of a controller, and not of a schedule: a controller's name stands in it, or it begins with a slip of one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether <see cref="Parse"/> is to read it.</returns>
    public static bool IsController(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = Lexer.Read(text);
        return IndexOfName(tokens) >= 0 || IsSlip(tokens[0]);
    }

    /// <summary>Reads a controller.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What the text is, for messages, such as <c>--lr</c>.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; one sentence each: the subject, the text, the column (from 1), and what is wrong.
    /// </exception>
    public static Rate Parse(string text, string subject = "controller")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(subject);
        var source = new SourceText(subject, text);
        var tokens = Lexer.Read(text);
        var at = IndexOfName(tokens);
        if (at < 0)
        {
            var near = Suggestion.For(tokens[0].Text, Names);
            throw source.Wrong(
                tokens[0].Position, $"there is no controller '{Token.Shorten(tokens[0].Text)}'; write one of {string.Join(", ", Names)}, as in {Beginning}.{near}");
        }

        var name = tokens[at];
        if (at > 0 && (!tokens[at - 1].IsWord("then") || Depth(tokens, at) != 0))
        {
            throw source.Wrong(
                name.Position, $"'{name.Text}' is a controller and no schedule; it stands by itself or is joined by 'then', as in {Beginning}.");
        }

        var form = Forms.First(form => form.Name == name.Text);
        return form.Read(new CallReader(source, tokens, at));
    }

    private static int IndexOfName(List<Token> tokens) =>
        tokens.FindIndex(token => token.Kind == TokenKind.Name && Forms.Any(form => form.Name == token.Text));

    private static bool IsSlip(Token token)
    {
        string[] known = [.. Language.Forms.All.Select(form => form.Name), .. Names];
        return token.Kind == TokenKind.Name && Suggestion.Nearest(token.Text, known) is { } nearest && Names.Contains(nearest, StringComparer.Ordinal);
    }

    private static int Depth(List<Token> tokens, int end) =>
        tokens.Take(end).Sum(token => token.Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 });
}
