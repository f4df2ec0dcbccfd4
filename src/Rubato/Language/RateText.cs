using System.Globalization;

namespace Rubato.Language;

/// <summary>Reads the text form of learning rates: tells by its first word which of the family a text is.</summary>
internal static class RateText
{
    private const string Example = $"{RehearsedRate.Word} * cosine(1 -> 0)";

    internal static Rate Parse(string text, string subject)
    {
        var written = text.Trim();
        if (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var peak))
        {
            return double.IsFinite(peak) && peak > 0
                ? new PeakRate(peak)
                : throw new InvalidInputException($"{subject} is {written}; it must be a finite number above 0 or a schedule, for instance 0.1.");
        }

        return written == UsualRate.Word ? Rate.Usual
            : AfterAuto(written) is { } rest ? new RehearsedRate(ReadShape(written, rest, subject))
            : RangeTestedForm.Is(written) ? RangeTestedForm.Parse(written, subject)
            : ControllerText.IsController(text) ? ControllerText.Parse(text, subject)
            : new ScheduledRate(Parser.ParseSchedule(text, ScheduleFunctions.None, subject));
    }

    // What stands after the word; null if another word, or none, begins the text.
    private static string? AfterAuto(string written)
    {
        if (!written.StartsWith(RehearsedRate.Word, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = written[RehearsedRate.Word.Length..];
        return rest.Length > 0 && (char.IsAsciiLetterOrDigit(rest[0]) || (rest[0] is '-' or '_' && rest.Length > 1 && char.IsAsciiLetter(rest[1])))
            ? null
            : rest.TrimStart();
    }

    private static Schedule? ReadShape(string written, string rest, string subject)
    {
        if (rest.Length == 0)
        {
            return null;
        }

        if (rest[0] != '*')
        {
            throw new InvalidInputException(
                $"{subject} is '{written}', but after {RehearsedRate.Word} only '*' and a schedule in shares of the rate found may stand; "
                + $"'{rest}' does not begin so: write {Example}.");
        }

        var shape = rest[1..].Trim();
        if (shape.Length == 0)
        {
            throw new InvalidInputException(
                $"{subject} is '{written}', but no schedule stands after '*'; write one in shares of the rate found, for instance {Example}.");
        }

        try
        {
            return Schedule.Parse(shape);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException($"{subject} is '{written}': {exception.Message}", exception);
        }
    }
}
