using System.Globalization;

namespace Rubato.Language;

/// <summary>Reads numbers, whole numbers and durations.</summary>
internal sealed class Quantities(SourceText source, Parser parser)
{
    private static readonly string[] Units = ["ep", "ba", "sp", "dur"];

    private static readonly string[] Clocks =
    [
        "ms", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes",
        "h", "hr", "hrs", "hour", "hours", "d", "day", "days",
    ];

    /// <summary>A finite number.</summary>
    internal double TakeNumber(string expected)
    {
        if (parser.Next is not { Kind: TokenKind.Number, Unit.Length: 0 } token)
        {
            throw source.Expected(expected, parser.Next);
        }

        parser.Take();
        return Finite(token);
    }

    /// <summary>A whole number of at least 1.</summary>
    internal long TakeCount(string expected)
    {
        if (parser.Next is not { Kind: TokenKind.Number } token)
        {
            throw source.Expected(expected, parser.Next);
        }

        parser.Take();
        return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1
            ? count
            : throw source.Expected(expected, token);
    }

    /// <summary>A duration; a blank may stand before its unit.</summary>
    internal Duration TakeDuration(string expected)
    {
        if (!parser.Next.BeginsDuration)
        {
            throw source.Expected(expected, parser.Next);
        }

        var token = parser.Take();
        if (token.Kind == TokenKind.Name)
        {
            return Duration.Rest;
        }

        var digits = token.Text[..^token.Unit.Length];
        if (token.Unit.Length == 0 && parser.Next.Kind == TokenKind.Name && (IsUnit(parser.Next.Text) || IsOtherMeasure(parser.Next.Text)))
        {
            token = token with { Unit = parser.Take().Text };
        }

        if (Duration.UnitOf(token.Unit) is not { } unit)
        {
            throw source.Wrong(token.Position, NoUnit(digits, token.Unit));
        }

        return Finite(token) >= 0
            ? Duration.Of(token.Number, unit)
            : throw source.Wrong(token.Position, $"'{Token.Shorten(token.Text)}' is negative; a duration is at least 0.");
    }

    private static bool IsUnit(string word) => Duration.UnitOf(word) is not null;

    private static bool IsOtherMeasure(string word) =>
        word == "tok" || Clocks.Contains(word, StringComparer.Ordinal) || Meant(word) is not null;

    private static string NoUnit(string digits, string unit)
    {
        var (number, written) = (Token.Shorten(digits), Token.Shorten(digits + unit));
        if (unit.Length == 0)
        {
            return $"'{number}' has no unit; write {number}ep, {number}ba, {number}sp or {number}dur.";
        }

        if (Clocks.Contains(unit, StringComparer.Ordinal))
        {
            return $"'{written}' is a time on the clock, which never decides a schedule; "
                + "write epochs (ep), batches (ba), samples (sp) or a share of the budget (dur).";
        }

        if (unit is "tok" or "token" or "tokens")
        {
            return $"'{written}' counts tokens, but only samples are counted; "
                + $"write samples (sp), such as {number}sp for as many sequences.";
        }

        var near = (Meant(unit) ?? Suggestion.Nearest(unit, Units)) is { } meant ? $" Did you mean '{number}{meant}'?" : "";
        return $"'{written}' has the unknown unit '{Token.Shorten(unit)}'; "
            + $"the units are ep (epochs), ba (batches), sp (samples) and dur (share of the budget).{near}";
    }

    // What people write who come from another tool.
    private static string? Meant(string unit) => unit.ToUpperInvariant() switch
    {
        "EPOCH" or "EPOCHS" => "ep",
        "BATCH" or "BATCHES" or "IT" or "ITER" or "ITERS" or "ITERATION" or "ITERATIONS" or "STEPS" or "UPDATES" => "ba",
        "SAMPLE" or "SAMPLES" => "sp",
        _ => null,
    };

    private double Finite(Token token) => double.IsFinite(token.Number)
        ? token.Number
        : throw source.Wrong(
            token.Position, $"'{Token.Shorten(token.Text)}' is out of the range of a number; the largest is about 1.8e308.");
}
