using System.Globalization;

namespace Rubato.Training.Setup;

/// <summary>The text of a learning rate that is found by a rehearsal: <c>auto</c>, or <c>auto * SHAPE</c>, a schedule in shares of the rate found.</summary>
internal static class AutoRate
{
    /// <summary>The word for a rate that is to be found.</summary>
    internal const string Word = "auto";

    /// <summary>The share of the run that warms up where nothing else is said.</summary>
    /// <remarks>
    /// With a linear fall after it, beside a tenth with a cosine, at equal peaks on ten tasks: up to 0.45 points higher in short runs, 0.15 lower at worst.
    /// </remarks>
    internal const double UsualWarmup = 0.2;

    private const string Example = $"--lr \"{Word} * cosine(1 -> 0)\"";

    // As in the warm-up of a peak that is given: so that the first update is not lost.
    private const double WarmupStart = 0.04;

    /// <summary>Whether a text asks for a rate that is to be found.</summary>
    internal static bool Is(string? text) => text is not null && (IsPlain(text) || ShapeIn(text) is not null);

    /// <summary>Whether it leaves the shape open.</summary>
    internal static bool IsPlain(string? text) => text?.Trim() == Word;

    /// <summary>The schedule of shares, as text.</summary>
    /// <param name="text">Of which <see cref="Is"/> holds.</param>
    /// <param name="warmup">The share that warms up; only where the text leaves the shape open.</param>
    internal static string Shape(string text, double? warmup)
    {
        if (ShapeIn(text) is { } shape)
        {
            return shape;
        }

        var share = warmup ?? UsualWarmup;
        return share > 0
            ? string.Create(CultureInfo.InvariantCulture, $"linear({WarmupStart} -> 1, {share}dur) then linear(1 -> 0)")
            : "linear(1 -> 0)";
    }

    /// <summary>What is wrong with a text that begins with the word, and with a warm-up beside it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="warmup">The share that is to warm up; null where none is given.</param>
    /// <returns>A sentence; null where nothing is wrong, or the text is of another kind.</returns>
    internal static string? FindingIn(string? text, double? warmup)
    {
        if (text is null || IsPlain(text) || Rest(text) is not { } rest)
        {
            return null;
        }

        var written = text.Trim();
        if (ShapeIn(text) is not { } shape)
        {
            return $"--lr is '{written}', but after {Word} only '*' and a schedule in shares of the rate found may stand; '{rest}' does not begin so: write {Example}.";
        }

        if (shape.Length == 0)
        {
            return $"--lr is '{written}', but no schedule stands after '*'; write one in shares of the rate found, for instance {Example}.";
        }

        try
        {
            _ = Schedule.Parse(shape);
        }
        catch (InvalidInputException exception)
        {
            return $"--lr is '{written}': {exception.Message}";
        }

        return warmup is not { } share ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"--warmup is {share}, but --lr is '{written}', whose schedule says how it warms up; write the warm-up into it, for instance --lr \"{Word} * warmup({shape}, {share}dur)\".");
    }

    private static string? ShapeIn(string text) => Rest(text) is ['*', .. var shape] ? shape.Trim() : null;

    // What stands after the word; null where another word, or none, begins the text.
    private static string? Rest(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.StartsWith(Word, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = trimmed[Word.Length..];
        return rest.Length > 0 && (char.IsAsciiLetterOrDigit(rest[0]) || (rest[0] is '-' or '_' && rest.Length > 1 && char.IsAsciiLetter(rest[1])))
            ? null
            : rest.TrimStart().ToString();
    }
}
