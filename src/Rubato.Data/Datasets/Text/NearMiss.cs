namespace Rubato.Data.Datasets.Text;

/// <summary>Finds the word that was probably meant.</summary>
internal static class NearMiss
{
    /// <summary>
    /// The candidate with the smallest Levenshtein distance to <paramref name="word"/>, if that is at most a third of the longer word,
    /// rounded up; null otherwise. Ties go to the first.
    /// </summary>
    internal static string? Of(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var limit = (Math.Max(word.Length, candidate.Length) + 2) / 3;
            if (Math.Abs(word.Length - candidate.Length) > limit)
                continue;
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance <= limit && distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
