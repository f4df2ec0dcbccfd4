namespace Rubato.Control.Rehearsals;

/// <summary>How long a miniature run is, and how large its micro-batches are.</summary>
/// <param name="Updates">Updates of a run.</param>
/// <param name="MicroBatch">Samples of an update.</param>
internal readonly record struct RehearsalSize(int Updates, int MicroBatch)
{
    /// <summary>The samples of one run.</summary>
    internal long Samples => (long)Updates * MicroBatch;

    /// <summary>Twice as long, with half the samples an update.</summary>
    internal RehearsalSize Longer(RehearsalSettings settings) => new(2 * Updates, Math.Max(settings.FewestSamples, MicroBatch / 2));

    /// <summary>As much as the share of the budget allows.</summary>
    internal static RehearsalSize For(RehearsalSettings settings, long updates, long batchSize)
    {
        var samples = settings.Share * updates * batchSize;
        var usual = Math.Max(settings.UsualUpdates, settings.FewestUpdates);
        var most = Math.Max(settings.MostUpdates, usual);
        var k = (int)Math.Clamp(settings.UpdatesShare * updates, usual, most);
        var fewest = (int)Math.Min(settings.FewestSamples, batchSize);
        var m = (int)Math.Clamp(samples / (settings.ExpectedRuns * k), fewest, Math.Min(batchSize, int.MaxValue));
        return samples < settings.ExpectedRuns * k * m
            ? new RehearsalSize((int)Math.Clamp(samples / (settings.ExpectedRuns * m), Math.Min(settings.FewestUpdates, k), k), m)
            : new RehearsalSize(k, m);
    }
}
