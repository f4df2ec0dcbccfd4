namespace Rubato.Control;

/// <summary>
/// Complete miniature runs, warm-up and cosine to 0, from one state, on the same micro-batches, at rates half a decade apart. The score of
/// one reference batch says how each of them went. Where runs are repeated, each repeat has batches of its own, and the mean score counts.
/// </summary>
internal sealed class MiniatureRuns(
    IRehearsalSubject subject, RehearsalSettings settings, RehearsalSize size, int draw, IProgress<RehearsedRun>? progress)
{
    // Chosen, not fitted: a score counts as at most 1.5 |first| + 1, and a run is given up when its loss is above 3 |first| + 1.
    private const double ScoreCap = 1.5;
    private const double Diverged = 3;

    private readonly SortedDictionary<int, double> _scores = [];

    /// <summary>The scores by rate, in half decades: rate = 10^(key / 2).</summary>
    internal IReadOnlyDictionary<int, double> Scores => _scores;

    /// <summary>The reference batch's loss before any update.</summary>
    internal double StartLoss { get; private set; }

    /// <summary>The score before any update.</summary>
    internal double StartScore { get; private set; }

    /// <summary>What it cost so far, in samples of training.</summary>
    internal long Samples { get; private set; }

    /// <summary>The rate, in half decades, whose run ended lowest; the lowest of several.</summary>
    internal int Best => _scores.MinBy(run => run.Value).Key;

    /// <summary>Whether no run came to an end that says anything.</summary>
    internal bool AllAreDestroyed => _scores[Best] >= Cap;

    private double Cap => (ScoreCap * Math.Abs(StartScore)) + 1;

    /// <summary>The rate that is n half decades from 1: 10^(n / 2).</summary>
    internal static double RateOf(int halfDecades) => Math.Pow(10, halfDecades / 2.0);

    /// <summary>Whether the best run has lowered the score by a share of what it was at the start.</summary>
    internal bool HasFallenBy(double share) => _scores[Best] <= StartScore - (share * Math.Abs(StartScore));

    /// <summary>Measures the start.</summary>
    internal void Begin()
    {
        StartLoss = subject.Loss(ReferenceOf(0));
        StartScore = Mean(Score);
        Samples += size.ReferenceCostOnce;
    }

    /// <summary>Makes a run, unless it was made already.</summary>
    internal void Run(int halfDecades)
    {
        if (_scores.ContainsKey(halfDecades))
        {
            return;
        }

        var score = Mean(repeat => Run(repeat, RateOf(halfDecades)));
        if (_scores.Count == 0 || score < _scores[Best])
        {
            subject.Save(RehearsalSlot.Best);
        }

        _scores.Add(halfDecades, score);
        progress?.Report(new RehearsedRun(RateOf(halfDecades), score));
    }

    private double Run(int repeat, double peak)
    {
        subject.Restore(RehearsalSlot.Start);
        var score = Train(repeat, peak) ? Score(repeat) : Cap;
        return double.IsNaN(score) ? Cap : Math.Min(score, Cap);
    }

    // Whether it ran to its end.
    private bool Train(int repeat, double peak)
    {
        var first = double.NaN;
        for (var t = 0; t < size.Updates; t++)
        {
            var rise = Math.Min(1, (t + 1) / (settings.Warmup * size.Updates));
            var rate = peak * rise * (1 + Math.Cos(Math.PI * t / size.Updates)) / 2;
            var loss = subject.Step(rate, new RehearsalBatch(DrawOf(repeat), t, size.MicroBatch));
            Samples += size.MicroBatch;
            first = t == 0 ? loss : first;
            if (!double.IsFinite(loss) || loss > (Diverged * Math.Abs(first)) + 1)
            {
                return false;
            }
        }

        return true;
    }

    private double Score(int repeat)
    {
        Samples += size.ReferenceCostOnce;
        return subject.Score(ReferenceOf(repeat));
    }

    private double Mean(Func<int, double> measure) => Enumerable.Range(0, size.Repeats).Average(measure);

    private RehearsalBatch ReferenceOf(int repeat) => new(DrawOf(repeat), RehearsalBatch.Reference, size.Reference);

    // The two rehearsals that there can be, of usual and of doubled length, never share a draw.
    private int DrawOf(int repeat) => draw + (2 * repeat);
}
