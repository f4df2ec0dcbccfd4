namespace Rubato.Control;

/// <summary>
/// Finds the learning rate of a training that has not begun: brackets the usable rates, rehearses complete miniature runs inside the
/// bracket, and leans from the best of them towards what the real run's length and batch size ask for.
/// </summary>
/// <remarks>
/// <para>
/// Candidates are half a decade apart, start from the same state and see the same samples, so that their scores differ by their rates
/// alone. The minimum is the vertex of the parabola through the best and its neighbours; it moves down with the run's length and up with
/// its batch size. Where a miniature run has a fifth of the real run's updates or more, with a sixteenth of its batch or less, its weights
/// are kept: they cost little and save much. Where no miniature run learned anything, as in deep networks that begin on a plateau, their
/// scores say little: the peak is the vertex itself, kept in the bracket's lower half.
/// </para>
/// <para>
/// All probing is counted in samples of training. The <see cref="RehearsalSettings.FreeSamples"/> are not paid by the run. Where they are
/// more than the share of the budget, the miniature runs grow up to the real run; those of its full length need no leaning, and are
/// repeated while there are samples left.
/// </para>
/// <para>
/// Where there is no room for miniature runs, the peak lies near the middle of a bracket of half as many samples, which may take twice the
/// share; where that is too much as well, it is the usual rate, and nothing is probed; without a usual rate the bracket is paid.
/// Deterministic for a deterministic subject.
/// </para>
/// </remarks>
public static class Rehearsal
{
    // Chosen, not fitted; experiments/auto-rate measures what comes of them.
    private const double MostForABracket = 2;
    private const double MostOfFreeSamples = 2;
    private const int Decade = 2;

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
        var budget = new Budget(settings, settings.Share * updates * batchSize);
        var batch = size.BracketBatch(settings, batchSize);
        if (budget.Samples < RehearsalSize.BracketCost(batch) + size.LeastCost)
        {
            return BracketAlone(subject, settings, size, budget, batchSize);
        }

        var bracket = RateBracket.Find(subject, batch);
        if (budget.Samples - bracket.Samples < size.LeastCost)
        {
            return Result(bracket, size, budget);
        }

        var runs = Rehearse(subject, settings, ref size, bracket, budget.Most - bracket.Samples, progress, out var earlier);
        var learned = runs.HasFallenBy(settings.LeastDrop);
        var keeps = learned && size.IsKept(updates, batchSize);
        subject.Restore(RehearsalSlot.Start);
        if (keeps)
        {
            subject.TakeWeights(RehearsalSlot.Best);
        }

        var samples = bracket.Samples + earlier + runs.Samples;
        return new RehearsalResult
        {
            PeakRate = size.IsWhole ? RateLean.Vertex(runs.Scores, isEven: true)
                : learned ? Leaned(runs, settings, (double)updates / size.Updates, (double)batchSize / size.MicroBatch)
                : Math.Clamp(RateLean.Vertex(runs.Scores, isEven: false), bracket.Low, bracket.Middle),
            Low = bracket.Low,
            High = bracket.High,
            StartLoss = runs.StartLoss,
            Runs = [.. runs.Scores.Select(run => new RehearsedRun(MiniatureRuns.RateOf(run.Key), run.Value))],
            Updates = size.Updates,
            MicroBatch = size.MicroBatch,
            Repeats = size.Repeats,
            Samples = samples,
            PaidSamples = budget.PaidOf(samples),
            TookWeights = keeps,
            Doubt = DoubtOf(runs, learned),
        };
    }

    private static double Leaned(MiniatureRuns runs, RehearsalSettings settings, double longer, double larger)
    {
        var nothing = runs.StartScore - (settings.LeastDrop * Math.Abs(runs.StartScore));
        return RateLean.Peak(runs.Scores, nothing, settings, longer, larger);
    }

    private static RehearsalDoubt DoubtOf(MiniatureRuns runs, bool learned) =>
        runs.AllAreDestroyed ? RehearsalDoubt.AllDestroyed
        : !learned ? RehearsalDoubt.NothingLearned
        : !runs.Scores.ContainsKey(runs.Best - 1) ? RehearsalDoubt.LowestIsBest
        : !runs.Scores.ContainsKey(runs.Best + 1) ? RehearsalDoubt.HighestIsBest
        : RehearsalDoubt.None;

    private static RehearsalResult BracketAlone(
        IRehearsalSubject subject, RehearsalSettings settings, RehearsalSize size, in Budget budget, long batchSize)
    {
        var batch = RehearsalSize.SmallBracketBatch(settings, batchSize);
        return settings.UsualRate is { } usual && MostForABracket * budget.Samples < RehearsalSize.BracketCost(batch)
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
                PaidSamples = 0,
                TookWeights = false,
                Doubt = RehearsalDoubt.NothingProbed,
            }
            : Result(RateBracket.Find(subject, batch), size, budget);
    }

    private static RehearsalResult Result(in RateBracket bracket, RehearsalSize size, in Budget budget) => new()
    {
        PeakRate = bracket.Middle,
        Low = bracket.Low,
        High = bracket.High,
        StartLoss = bracket.StartLoss,
        Runs = [],
        Updates = size.Updates,
        MicroBatch = size.MicroBatch,
        Samples = bracket.Samples,
        PaidSamples = budget.PaidOf(bracket.Samples),
        TookWeights = false,
        Doubt = RehearsalDoubt.BracketOnly,
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
        if (size.IsWhole || runs.HasFallenBy(settings.WantedDrop))
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
        while (Next(runs) is { } next && runs.Samples + size.Samples + size.ReferenceCost <= room)
        {
            runs.Run(next);
        }

        return runs;
    }

    // Where all runs are destroyed, their scores do not say which way is down.
    private static int? Next(MiniatureRuns runs) =>
        runs.AllAreDestroyed ? runs.Scores.Keys.Min() - Decade
        : !runs.Scores.ContainsKey(runs.Best - 1) ? runs.Best - 1
        : !runs.Scores.ContainsKey(runs.Best + 1) ? runs.Best + 1
        : null;

    /// <summary>What probing may cost.</summary>
    private readonly record struct Budget(RehearsalSettings Settings, double Share)
    {
        internal double Samples => Math.Max(Share, Settings.FreeSamples);

        internal double Most => IsFree ? MostOfFreeSamples * Samples : Samples;

        private bool IsFree => Settings.FreeSamples >= Share;

        internal long PaidOf(long spent) => IsFree ? 0 : Math.Max(0, spent - Settings.FreeSamples);
    }
}
