namespace Rubato.Data.Datasets.Csv;

/// <summary>Draws which rows of a table are kept for testing, class by class.</summary>
internal static class HeldOutRows
{
    /// <summary>
    /// Of the n rows of each class, <c>min(round(share * n), n - 1)</c>, halves rounded up, drawn from the stream (seed, held-out, class).
    /// </summary>
    internal static bool[] Draw(ReadOnlySpan<ushort> labels, int classes, double share, long seed)
    {
        // Rows sorted by class, by counting: ends[c] is where class c ends once it is filled.
        var ends = new int[classes + 1];
        foreach (var label in labels)
        {
            ends[label + 1]++;
        }

        for (var i = 0; i < classes; i++)
        {
            ends[i + 1] += ends[i];
        }

        var rows = new int[labels.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            rows[ends[labels[row]]++] = row;
        }

        var heldOut = new bool[labels.Length];
        for (var label = 0; label < classes; label++)
        {
            var start = label == 0 ? 0 : ends[label - 1];
            var members = rows.AsSpan(start, ends[label] - start);
            var random = new CounterRandom(seed, Streams.HeldOut, label);
            random.Shuffle(members);
            var held = Math.Min((int)Math.Floor((share * members.Length) + 0.5), members.Length - 1);
            foreach (var row in members[..held])
            {
                heldOut[row] = true;
            }
        }

        return heldOut;
    }
}
