namespace Rubato.Language;

/// <summary>Names that a misspelt one may have meant.</summary>
internal static class Suggestion
{
    /// <summary>A sentence that names the nearest known name, to be put after an error message.</summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">The known names.</param>
    /// <returns><c> Did you mean 'x'?</c> with its leading blank, or the empty string when none is near.</returns>
    public static string For(string written, IReadOnlyCollection<string> known) =>
        Nearest(written, known) is { } name ? $" Did you mean '{name}'?" : "";

    /// <summary>
    /// The known name with the smallest edit distance, if that is at most a third of the longer length (at least 1) and something of it is
    /// left. Case makes no difference.
    /// </summary>
    /// <param name="written">What was written.</param>
    /// <param name="known">The known names.</param>
    /// <returns>The first of the nearest names, or null when none is near.</returns>
    public static string? Nearest(string written, IReadOnlyCollection<string> known)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(known);
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var name in known)
        {
            var length = Math.Max(written.Length, name.Length);
            var most = Math.Max(1, length / 3);

            // The lengths alone may say enough: a long text is not worth a table of distances.
            if (Math.Abs(written.Length - name.Length) > most)
            {
                continue;
            }

            var distance = Distance(written.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance < least && distance < length && distance <= most)
            {
                (nearest, least) = (name, distance);
            }
        }

        return nearest;
    }

    // Optimal string alignment: Levenshtein's distance in which a swap of neighbours counts once, since that is a common slip.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
