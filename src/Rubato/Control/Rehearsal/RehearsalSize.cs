namespace Rubato.Control;

/// <summary>How long a miniature run is, and how large its micro-batches are.</summary>
/// <param name="Updates">Updates of a run.</param>
/// <param name="MicroBatch">Samples of an update.</param>
internal readonly record struct RehearsalSize(int Updates, int MicroBatch)
{
    // Chosen, not fitted; experiments/auto-rate measures what comes of them.
    private const int UsualReference = 256;
    private const int LongestBracket = 18;
    private const int FewestRuns = 3;

    /// <summary>The samples of one run's updates.</summary>
    internal long Samples => (long)Updates * MicroBatch;

    /// <summary>The samples of the batch by whose loss runs are compared: fewer where the runs themselves are small.</summary>
    internal int Reference => (int)Math.Max(Math.Min(UsualReference, Samples / 2), MicroBatch);

    /// <summary>What that loss costs: a forward pass takes about a third of an update.</summary>
    internal long ReferenceCost => (Reference + 2) / 3;

    /// <summary>Twice as long, with half the samples an update.</summary>
    internal RehearsalSize Longer(RehearsalSettings settings) => new(2 * Updates, Math.Max(settings.FewestSamples, MicroBatch / 2));

    /// <summary>The cost of as many runs as a minimum needs on both sides, their reference losses included.</summary>
    internal long LeastCost => (FewestRuns * Samples) + ((FewestRuns + 1) * ReferenceCost);

    /// <summary>The samples of an update of a bracket that is all that can be paid.</summary>
    internal static int SmallBracketBatch(RehearsalSettings settings, long batchSize) =>
        (int)Math.Min(batchSize, Math.Max(settings.FewestSamples / 2, 1));

    /// <summary>What a bracket costs, up to the rate at which most of them end.</summary>
    internal static long BracketCost(int batch) => (long)LongestBracket * batch;

    /// <summary>The samples of an update of the bracket.</summary>
    internal int BracketBatch(RehearsalSettings settings, long batchSize) =>
        (int)Math.Min(batchSize, Math.Max(settings.FewestSamples, MicroBatch / 2));

    /// <summary>
    /// The largest micro-batches with which the expected runs fit into the share of the budget; shorter runs where the smallest do not.
    /// </summary>
    internal static RehearsalSize For(RehearsalSettings settings, long updates, long batchSize)
    {
        var samples = settings.Share * updates * batchSize;
        var usual = Math.Max(settings.UsualUpdates, settings.FewestUpdates);
        var most = Math.Max(settings.MostUpdates, usual);
        var k = (int)Math.Clamp(settings.UpdatesShare * updates, usual, most);
        var fewest = (int)Math.Min(settings.FewestSamples, batchSize);
        var references = (settings.ExpectedRuns + 1) * new RehearsalSize(k, fewest).ReferenceCost;
        var m = (int)Math.Clamp(
            (samples - references) / ((settings.ExpectedRuns * k) + (LongestBracket / 2.0)), fewest, Math.Min(batchSize, int.MaxValue));
        var left = samples - references - BracketCost(new RehearsalSize(k, m).BracketBatch(settings, batchSize));
        return left < settings.ExpectedRuns * k * m
            ? new RehearsalSize((int)Math.Clamp(left / (settings.ExpectedRuns * m), Math.Min(settings.FewestUpdates, k), k), m)
            : new RehearsalSize(k, m);
    }
}
