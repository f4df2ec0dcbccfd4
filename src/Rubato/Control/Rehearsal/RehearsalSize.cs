namespace Rubato.Control;

/// <summary>How long a miniature run is, and how large its micro-batches are.</summary>
/// <param name="Updates">Updates of a run.</param>
/// <param name="MicroBatch">Samples of an update.</param>
/// <param name="Repeats">How often each run is made, on other samples each time.</param>
/// <param name="IsWhole">Whether it is as long and as wide as the real run.</param>
internal readonly record struct RehearsalSize(int Updates, int MicroBatch, int Repeats = 1, bool IsWhole = false)
{
    // Chosen, not fitted; experiments/auto-rate measures what comes of them.
    private const int MostReference = 2000;
    private const int ReferenceShare = 4;
    private const int LongestBracket = 18;
    private const int FewestRuns = 3;
    private const double KeptLength = 0.2;
    private const int KeptBatches = 16;

    /// <summary>The samples of the updates of one run, all repeats together.</summary>
    internal long Samples => Once * Repeats;

    /// <summary>The samples of the batch by which runs are compared: fewer where the runs themselves are small.</summary>
    internal int Reference => (int)Math.Max(Math.Min(MostReference, IsWhole ? Once : Once / ReferenceShare), MicroBatch);

    /// <summary>What that costs, all repeats together: a forward pass takes about a third of an update.</summary>
    internal long ReferenceCost => Repeats * ReferenceCostOnce;

    /// <summary>The same for one of them.</summary>
    internal long ReferenceCostOnce => (Reference + 2) / 3;

    /// <summary>Twice as long, with half the samples an update.</summary>
    internal RehearsalSize Longer(RehearsalSettings settings) => new(2 * Updates, Math.Max(settings.FewestSamples, MicroBatch / 2));

    /// <summary>The cost of as many runs as a minimum needs on both sides, their reference batches included.</summary>
    internal long LeastCost => (FewestRuns * Samples) + ((FewestRuns + 1) * ReferenceCost);

    private long Once => (long)Updates * MicroBatch;

    /// <summary>The samples of an update of a bracket that is all that can be paid.</summary>
    internal static int SmallBracketBatch(RehearsalSettings settings, long batchSize) =>
        (int)Math.Min(batchSize, Math.Max(settings.FewestSamples / 2, 1));

    /// <summary>What a bracket costs, up to the rate at which most of them end.</summary>
    internal static long BracketCost(int batch) => (long)LongestBracket * batch;

    /// <summary>The samples of an update of the bracket.</summary>
    internal int BracketBatch(RehearsalSettings settings, long batchSize) =>
        (int)Math.Min(batchSize, Math.Max(settings.FewestSamples, MicroBatch / 2));

    /// <summary>
    /// Whether the weights of the best run are worth keeping: they cost little beside what the real run would pay for them.
    /// </summary>
    internal bool IsKept(long updates, long batchSize) => Updates >= KeptLength * updates && batchSize >= (long)KeptBatches * MicroBatch;

    /// <summary>
    /// The largest micro-batches with which the expected runs fit into the budget of probing; shorter runs where the smallest do not. Free
    /// samples that are left make the runs longer, up to the real run, and then repeat them.
    /// </summary>
    internal static RehearsalSize For(RehearsalSettings settings, long updates, long batchSize)
    {
        var share = settings.Share * updates * batchSize;
        var paid = Within(settings, share, updates, batchSize);
        return settings.FreeSamples <= share || paid.IsKept(updates, batchSize)
            ? paid
            : Within(settings, settings.FreeSamples, updates, batchSize).Lengthened(settings, updates, batchSize);
    }

    private static RehearsalSize Within(RehearsalSettings settings, double samples, long updates, long batchSize)
    {
        var usual = Math.Max(settings.UsualUpdates, settings.FewestUpdates);
        var most = Math.Max(settings.MostUpdates, usual);
        var k = (int)Math.Min(Math.Clamp(settings.UpdatesShare * updates, usual, most), Math.Max(updates, settings.FewestUpdates));
        var fewest = (int)Math.Min(settings.FewestSamples, batchSize);
        var references = (settings.ExpectedRuns + 1) * new RehearsalSize(k, fewest).ReferenceCost;
        var m = (int)Math.Clamp(
            (samples - references) / ((settings.ExpectedRuns * k) + (LongestBracket / 2.0)), fewest, Math.Min(batchSize, int.MaxValue));
        var left = samples - references - BracketCost(new RehearsalSize(k, m).BracketBatch(settings, batchSize));
        return left < settings.ExpectedRuns * k * m
            ? new RehearsalSize((int)Math.Clamp(left / (settings.ExpectedRuns * m), Math.Min(settings.FewestUpdates, k), k), m)
            : new RehearsalSize(k, m);
    }

    private RehearsalSize Lengthened(RehearsalSettings settings, long updates, long batchSize)
    {
        if (MicroBatch < batchSize)
        {
            return this;
        }

        var room = settings.FreeSamples - BracketCost(BracketBatch(settings, batchSize));
        var most = Math.Min(updates, int.MaxValue);
        var longer = this with { Updates = (int)Math.Clamp(room / (settings.ExpectedRuns * MicroBatch), Math.Min(Updates, most), most) };
        var whole = longer with { IsWhole = true };
        var times = room / (settings.ExpectedRuns * (whole.Samples + whole.ReferenceCost));
        return longer.Updates < updates ? longer : whole with { Repeats = (int)Math.Clamp(times, 1, settings.MostRepeats) };
    }
}
