using System.Collections.Immutable;
using System.Globalization;
using Rubato.Control;

namespace Rubato.Language;

/// <summary>
/// <c>adaptive(FIRST, option value, ...)</c>: each setting under its name in <see cref="AdaptiveBatchSettings"/>, with dashes; the largest
/// batch is <c>max</c>.
/// </summary>
internal static class AdaptiveBatchForm
{
    internal const string Name = "adaptive";

    private const string Example = $"{Name}(128, max 4096)";

    /// <summary>The options, in the order in which they are printed.</summary>
    internal static ImmutableArray<FormOption<AdaptiveBatchSettings>> Options { get; } =
    [
        FormOption<AdaptiveBatchSettings>.Size("max", s => s.MaxBatch, (s, v) => s with { MaxBatch = v }),
        FormOption<AdaptiveBatchSettings>.Number("ratio", s => s.Ratio, (s, v) => s with { Ratio = v }),
        FormOption<AdaptiveBatchSettings>.Word(
            "rate",
            s => s.Rate,
            (s, v) => s with { Rate = v },
            ("constant", BatchRateRule.Constant),
            ("linear", BatchRateRule.Linear),
            ("square-root", BatchRateRule.SquareRoot)),
        FormOption<AdaptiveBatchSettings>.Number("share", s => s.Share, (s, v) => s with { Share = v }),
        FormOption<AdaptiveBatchSettings>.Size("multiple", s => s.Multiple, (s, v) => s with { Multiple = v }),
        FormOption<AdaptiveBatchSettings>.Count("measurements", s => s.Measurements, (s, v) => s with { Measurements = v }),
        FormOption<AdaptiveBatchSettings>.Number("decay", s => s.Decay, (s, v) => s with { Decay = v }),
    ];

    /// <summary>
    /// Reads an adaptive batch; null if the text is not meant to be one. It is meant if the word stands anywhere in the text, or a slip of
    /// it at the beginning.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The text has another form, or values are out of their ranges; one sentence each: the subject, the text, the column (from 1), and
    /// what is wrong.
    /// </exception>
    internal static GrowingBatch? Parse(string text, string subject)
    {
        var source = new SourceText(subject, text);
        var tokens = Lexer.Read(text);
        if (tokens[0].IsWord(Name))
        {
            return Read(new CallReader(source, tokens));
        }

        if (tokens.Find(token => token.IsWord(Name)) is { Text.Length: > 0 } name)
        {
            throw source.Wrong(name.Position, $"'{name.Text}' is a controller and no schedule; it stands by itself, as in {Example}.");
        }

        return IsSlip(tokens[0])
            ? throw source.Wrong(
                tokens[0].Position, $"expected {Name}, as in {Example}, but {tokens[0].Found}.{Suggestion.For(tokens[0].Text, [Name])}")
            : null;
    }

    internal static string Print(GrowingBatch choice)
    {
        var first = choice.First.ToString(CultureInfo.InvariantCulture);
        return Printer.Call(Name, [first, .. Printer.Changed(Options, choice.Settings, AdaptiveBatchSettings.Default)]);
    }

    private static GrowingBatch Read(CallReader reader)
    {
        var (first, settings) = reader.ReadNumberAndOptions(
            $"the batch to begin with in parentheses, as in {Example}", Options, AdaptiveBatchSettings.Default);
        if (!(first is >= 1 and <= int.MaxValue && first == Math.Floor(first)))
        {
            reader.Complain(string.Create(
                CultureInfo.InvariantCulture,
                $"{Name}: the batch to begin with is {first}; "
                + $"it must be a whole number of at least 1 and at most {int.MaxValue}, as in {Example}."));
        }

        reader.TakeEnd();
        reader.Finish();
        return new GrowingBatch((long)first, settings);
    }

    private static bool IsSlip(Token token)
    {
        string[] known = [.. Forms.All.Select(form => form.Name), Name];
        return token.Kind == TokenKind.Name && Suggestion.Nearest(token.Text, known) == Name;
    }
}
