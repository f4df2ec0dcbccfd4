namespace Rubato.Data.Datasets.Memory;

/// <summary>Some examples of another split, by reference: the values are not copied.</summary>
internal sealed class SubsetExamples : Examples
{
    private readonly Examples _all;
    private readonly int[] _chosen;

    internal SubsetExamples(Examples all, int[] chosen)
        : base(chosen.Length, all.Classes, all.Shape)
    {
        _all = all;
        _chosen = chosen;
    }

    /// <summary>
    /// Draws <paramref name="samples"/> examples with counts as equal as the classes allow: each class gives the same number, a class that
    /// holds fewer gives all it has, and a remainder below the number of classes that still hold more is given by classes in an order
    /// drawn by the seed.
    /// </summary>
    internal static SubsetExamples ClassBalanced(Examples all, int samples, long seed)
    {
        var random = new CounterRandom(seed, Streams.Subset, 0);
        var byClass = new List<int>[all.Classes];
        for (var label = 0; label < byClass.Length; label++)
        {
            byClass[label] = [];
        }

        for (var index = 0; index < all.Count; index++)
        {
            byClass[all.LabelOf(index)].Add(index);
        }

        var quotas = Quotas(byClass, samples, ref random);
        var chosen = new List<int>(samples);
        for (var label = 0; label < byClass.Length; label++)
        {
            var members = byClass[label].ToArray();
            random.Shuffle<int>(members);
            chosen.AddRange(members.AsSpan(0, quotas[label]));
        }

        var sorted = chosen.ToArray();
        Array.Sort(sorted);
        return new SubsetExamples(all, sorted);
    }

    private protected override int Label(int index) => _all.LabelOf(_chosen[index]);

    private protected override void ReadOne(int index, Span<float> destination) =>
        _all.Read(new ReadOnlySpan<int>(in _chosen[index]), destination);

    private static int[] Quotas(List<int>[] byClass, int samples, ref CounterRandom random)
    {
        var quotas = new int[byClass.Length];
        var order = Enumerable.Range(0, byClass.Length).ToArray();
        random.Shuffle<int>(order);
        var left = samples;
        while (left > 0)
        {
            var open = order.Where(label => quotas[label] < byClass[label].Count).ToArray();
            var share = left / open.Length;
            foreach (var label in open)
            {
                var given = Math.Min(left, Math.Min(Math.Max(share, 1), byClass[label].Count - quotas[label]));
                quotas[label] += given;
                left -= given;
            }
        }

        return quotas;
    }
}
