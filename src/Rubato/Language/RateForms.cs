using System.Collections.Immutable;
using System.Globalization;

namespace Rubato.Language;

/// <summary>
/// Reads the text of learning rates: a number, a word, <c>auto(free N) * SCHEDULE</c>,
/// <c>[SCHEDULE then] NAME[(PRESET, option value, ...)] [then SCHEDULE]</c>, <c>polyak(MULTIPLE) * SCHEDULE</c>, or a schedule.
/// </summary>
internal static class RateForms
{
    private const string Example = $"{AutoWarmupForm.Name}(max-lr 10) then cosine(1 -> 0)";

    private static readonly ImmutableArray<(string Name, Func<CallReader, Rate> Read)> Forms =
    [
        (AutoWarmupForm.Name, AutoWarmupForm.Read),
        (PlateauForm.Name, PlateauForm.Read),
        (RangeTestedForm.Name, RangeTestedForm.Read),
        (PolyakForm.Name, PolyakForm.Read),
    ];

    private static readonly string[] Controllers = [AutoWarmupForm.Name, PlateauForm.Name];

    private static string[] Names => [.. Forms.Select(form => form.Name)];

    /// <summary>Reads a rate.</summary>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; all findings at once.
    /// </exception>
    internal static Rate Parse(string text, string subject)
    {
        if (double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var peak))
        {
            return double.IsFinite(peak) && peak > 0
                ? new PeakRate(peak)
                : throw new InvalidInputException(
                    new Finding(subject, peak, "it must be a finite number above 0 or a schedule", "for instance 0.1"));
        }

        var tokens = Lexer.Read(text);
        var isAlone = tokens.Count == 2;
        return isAlone && tokens[0].IsWord(UsualRate.Word) ? Rate.Usual
            : isAlone && tokens[0].IsWord(RangeTestedForm.OneCycle) ? new RangeTestedRate(CyclePolicy.OneCycle)
            : tokens[0].IsWord(RehearsedRate.Word) ? RehearsalForm.Read(new CallReader(new SourceText(subject, text), tokens))
            : IndexOfName(tokens) >= 0 || IsSlip(tokens[0]) ? ParseForm(text, subject)
            : new ScheduledRate(Parser.ParseSchedule(text, ScheduleFunctions.None, subject));
    }

    /// <summary>Reads a rate that is decided while training goes on, from the losses alone.</summary>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; one sentence each: the subject, the text, the column (from 1), and
    /// what is wrong.
    /// </exception>
    internal static Rate ParseController(string text, string subject) => ParseForm(text, subject) switch
    {
        RangeTestedRate => throw NoController(new SourceText(subject, text), Lexer.Read(text)[0], Controllers),
        PolyakRate => throw new SourceText(subject, text).Wrong(
            Lexer.Read(text)[0].Position,
            $"{PolyakForm.Name} goes by gradients, too, which losses do not tell; write one of {string.Join(", ", Controllers)}."),
        PlateauRate { Settings.Watch: { } watched } => throw new SourceText(subject, text).Wrong(
            Lexer.Read(text).First(token => token.IsWord(PlateauForm.Watch)).Position,
            $"{PlateauForm.Name} watches {watched.Text()} here, which the losses of updates do not tell; leave watch out."),
        var rate => rate,
    };

    private static Rate ParseForm(string text, string subject)
    {
        var source = new SourceText(subject, text);
        var tokens = Lexer.Read(text);
        var at = IndexOfName(tokens);
        if (at < 0)
        {
            throw NoController(source, tokens[0], Names);
        }

        var name = tokens[at];
        if (at > 0 && (!tokens[at - 1].IsWord("then") || Depth(tokens, at) != 0))
        {
            var place = name.Text == PolyakForm.Name
                ? $"it stands by itself or before '*', as in {PolyakForm.Example}"
                : $"it stands by itself or is joined by 'then', as in {Example}";
            throw source.Wrong(name.Position, $"'{name.Text}' is a controller and no schedule; {place}.");
        }

        return Forms.First(form => form.Name == name.Text).Read(new CallReader(source, tokens, at));
    }

    private static InvalidInputException NoController(SourceText source, Token word, string[] known) => source.Wrong(
        word.Position,
        $"there is no controller '{Token.Shorten(word.Text)}'; write one of {string.Join(", ", Controllers)}, as in {Example}."
        + Suggestion.For(word.Text, known));

    private static int IndexOfName(List<Token> tokens) =>
        tokens.FindIndex(token => token.Kind == TokenKind.Name && Forms.Any(form => form.Name == token.Text));

    private static bool IsSlip(Token token)
    {
        string[] schedules = [.. Language.Forms.All.Select(form => form.Name)];
        string[] known = [.. schedules, .. Names];

        // What a schedule's name begins with, such as poly, is short for that.
        return token.Kind == TokenKind.Name
            && !schedules.Any(name => name.StartsWith(token.Text, StringComparison.Ordinal))
            && Suggestion.Nearest(token.Text, known) is { } nearest
            && Names.Contains(nearest, StringComparer.Ordinal);
    }

    private static int Depth(List<Token> tokens, int end) =>
        tokens.Take(end).Sum(token => token.Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 });
}
