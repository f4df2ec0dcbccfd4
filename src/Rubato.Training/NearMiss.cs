namespace Rubato.Training;

/// <summary>What a user may have meant by a word that nobody knows.</summary>
public static class NearMiss
{
    /// <summary>The candidate that is closest to a word by edits: insert, delete, replace, or swap two neighbours.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What is known.</param>
    /// <returns>The closest, the first of several; null where none is within a third of the word's length (at least one edit).</returns>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? closest = null;
        var fewest = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var edits = Distance(word, candidate);
            if (edits < fewest)
            {
                fewest = edits;
                closest = candidate;
            }
        }

        return closest;
    }

    /// <summary>The question to end a complaint with.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="candidates">What is known.</param>
    /// <param name="otherwise">What to say where nothing is close.</param>
    /// <returns><c>did you mean 'X'?</c>, or <paramref name="otherwise"/>.</returns>
    public static string Question(string word, IEnumerable<string> candidates, string otherwise) =>
        Of(word, candidates) is { } closest ? $"did you mean '{closest}'?" : otherwise;

    /// <summary>Optimal string alignment distance, case-insensitive: three rows of the usual table.</summary>
    private static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
