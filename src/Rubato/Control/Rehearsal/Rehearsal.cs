namespace Rubato.Control;

/// <summary>
/// Finds the learning rate of a training that has not begun: brackets the usable rates, rehearses complete miniature runs inside the
/// bracket, and leans from the best of them towards what the real run's length and batch size ask for.
/// </summary>
/// <remarks>
/// <para>
/// Candidates are half a decade apart, start from the same state and see the same samples, so that their losses differ by their rates
/// alone. The minimum is the vertex of the parabola through the best and its neighbours; it moves down with the run's length and up with
/// its batch size. Where a miniature run has a fifth of the real run's updates or more, with a sixteenth of its batch or less, its weights
/// are kept: they cost little and save much. Where no miniature run learned anything, as in deep networks that begin on a plateau, their
/// losses say little: the peak is the vertex itself, kept in the bracket's lower half.
/// </para>
/// <para>
/// All probing is counted in samples of training. Where the share of the budget has no room for miniature runs, the peak lies near the
/// middle of a bracket of half as many samples, which may take twice the share; where that is too much as well, it is the usual rate, and
/// nothing is probed; without a usual rate the bracket is paid. Deterministic for a deterministic subject.
/// </para>
/// </remarks>
public static class Rehearsal
{
    // Chosen, not fitted; experiments/auto-rate measures what comes of them.
    private const double MostForABracket = 2;
    private const double KeptLength = 0.2;
    private const int KeptBatches = 16;

    /// <summary>Rehearses a run.</summary>
    /// <param name="subject">The training, at its start; left there, or at the weights of the best miniature run.</param>
    /// <param name="settings">What may be spent.</param>
    /// <param name="updates">The updates of the real run; at least 1.</param>
    /// <param name="batchSize">Its global batch size in samples; at least 1.</param>
    /// <param name="progress">
    /// Is told of each miniature run when it has ended, in the order in which they are made; null for nobody.
    /// </param>
    /// <returns>The rate, and what it was found from.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The loss is not finite before any update.</exception>
    public static RehearsalResult Find(
        IRehearsalSubject subject, RehearsalSettings settings, long updates, long batchSize, IProgress<RehearsedRun>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(updates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        subject.Save(RehearsalSlot.Start);
        var size = RehearsalSize.For(settings, updates, batchSize);
        var share = settings.Share * updates * batchSize;
        var batch = size.BracketBatch(settings, batchSize);
        if (share < RehearsalSize.BracketCost(batch) + size.LeastCost)
        {
            return BracketAlone(subject, settings, size, share, batchSize);
        }

        var bracket = RateBracket.Find(subject, batch);
        var room = share - bracket.Samples;
        if (room < size.LeastCost)
        {
            return Result(bracket, size);
        }

        var runs = Rehearse(subject, settings, ref size, bracket, room, progress, out var earlier);
        var learned = runs.HasFallenBy(settings.LeastDrop);
        var keeps = learned && size.Updates >= KeptLength * updates && batchSize >= (long)KeptBatches * size.MicroBatch;
        subject.Restore(RehearsalSlot.Start);
        if (keeps)
        {
            subject.TakeWeights(RehearsalSlot.Best);
        }

        return new RehearsalResult
        {
            PeakRate = learned
                ? RateLean.Peak(runs.Losses, settings, (double)updates / size.Updates, (double)batchSize / size.MicroBatch)
                : Math.Clamp(RateLean.Vertex(runs.Losses), bracket.Low, bracket.Middle),
            Low = bracket.Low,
            High = bracket.High,
            StartLoss = runs.StartLoss,
            Runs = [.. runs.Losses.Select(run => new RehearsedRun(MiniatureRuns.RateOf(run.Key), run.Value))],
            Updates = size.Updates,
            MicroBatch = size.MicroBatch,
            Samples = bracket.Samples + earlier + runs.Samples,
            TookWeights = keeps,
        };
    }

    private static RehearsalResult BracketAlone(
        IRehearsalSubject subject, RehearsalSettings settings, RehearsalSize size, double share, long batchSize)
    {
        var batch = RehearsalSize.SmallBracketBatch(settings, batchSize);
        return settings.UsualRate is { } usual && MostForABracket * share < RehearsalSize.BracketCost(batch)
            ? new RehearsalResult
            {
                PeakRate = usual,
                Low = usual,
                High = usual,
                StartLoss = double.NaN,
                Runs = [],
                Updates = size.Updates,
                MicroBatch = size.MicroBatch,
                Samples = 0,
                TookWeights = false,
            }
            : Result(RateBracket.Find(subject, batch), size);
    }

    private static RehearsalResult Result(in RateBracket bracket, RehearsalSize size) => new()
    {
        PeakRate = bracket.Middle,
        Low = bracket.Low,
        High = bracket.High,
        StartLoss = bracket.StartLoss,
        Runs = [],
        Updates = size.Updates,
        MicroBatch = size.MicroBatch,
        Samples = bracket.Samples,
        TookWeights = false,
    };

    private static MiniatureRuns Rehearse(
        IRehearsalSubject subject,
        RehearsalSettings settings,
        ref RehearsalSize size,
        RateBracket bracket,
        double room,
        IProgress<RehearsedRun>? progress,
        out long earlier)
    {
        earlier = 0;
        var runs = Climb(subject, settings, size, draw: 1, (int)Math.Round(2 * Math.Log10(bracket.Start)), room, progress);
        if (runs.HasFallenBy(settings.WantedDrop))
        {
            return runs;
        }

        // Too short to learn anything: once more, twice as long, from where the first one ended, if that can be paid.
        var longer = size.Longer(settings);
        if (room - runs.Samples < longer.LeastCost)
        {
            return runs;
        }

        var best = runs.Best;
        earlier = runs.Samples;
        size = longer;
        return Climb(subject, settings, size, draw: 2, best, room - earlier, progress);
    }

    private static MiniatureRuns Climb(
        IRehearsalSubject subject,
        RehearsalSettings settings,
        RehearsalSize size,
        int draw,
        int first,
        double room,
        IProgress<RehearsedRun>? progress)
    {
        var runs = new MiniatureRuns(subject, settings, size, draw, progress);
        subject.Restore(RehearsalSlot.Start);
        runs.Begin();
        runs.Run(first);
        while (runs.Samples + size.Samples + size.ReferenceCost <= room)
        {
            var best = runs.Best;
            if (!runs.Losses.ContainsKey(best - 1))
            {
                runs.Run(best - 1);
            }
            else if (!runs.Losses.ContainsKey(best + 1))
            {
                runs.Run(best + 1);
            }
            else
            {
                break;
            }
        }

        return runs;
    }
}
