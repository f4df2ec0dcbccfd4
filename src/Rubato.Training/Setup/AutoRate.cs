using System.Globalization;

namespace Rubato.Training.Setup;

/// <summary>The text of a learning rate that is found by a rehearsal: <c>auto</c>, or <c>auto * SHAPE</c>, a schedule in shares of the rate found.</summary>
internal static class AutoRate
{
    /// <summary>The word for a rate that is to be found.</summary>
    internal const string Word = "auto";

    /// <summary>The share of the run that warms up where nothing else is said.</summary>
    /// <remarks>
    /// A long warm-up and a linear fall bear a higher peak, and ended at or above a tenth with a cosine after it wherever they were measured.
    /// </remarks>
    internal const double UsualWarmup = 0.2;

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

    private static string? ShapeIn(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (!trimmed.StartsWith(Word, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = trimmed[Word.Length..].TrimStart();
        return rest.StartsWith('*') ? rest[1..].Trim().ToString() : null;
    }
}
