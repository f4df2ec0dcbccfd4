using Rubato.Language;

namespace Rubato.Cli.Console;

/// <summary>How a complaint about an unknown word ends.</summary>
internal static class DidYouMean
{
    /// <summary>The question after the nearest known word.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What is known.</param>
    /// <param name="otherwise">What to say where nothing is near.</param>
    /// <returns><c>did you mean 'X'?</c>, or <paramref name="otherwise"/>.</returns>
    internal static string Question(string word, IEnumerable<string> known, string otherwise) =>
        Suggestion.Nearest(word, [.. known]) is { } nearest ? $"did you mean '{nearest}'?" : otherwise;
}
