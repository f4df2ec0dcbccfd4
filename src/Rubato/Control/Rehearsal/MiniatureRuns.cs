namespace Rubato.Control;

/// <summary>
/// Complete miniature runs, warm-up and cosine to 0, from one state, on the same micro-batches, at rates half a decade apart. The loss of
/// one reference batch says how each of them went.
/// </summary>
internal sealed class MiniatureRuns(
    IRehearsalSubject subject, RehearsalSettings settings, RehearsalSize size, int draw, IProgress<RehearsedRun>? progress)
{
    // Chosen, not fitted: a loss counts as at most 1.5 |first| + 1, and a run is given up above 3 |first| + 1.
    private const double LossCap = 1.5;
    private const double Diverged = 3;

    private readonly SortedDictionary<int, double> _losses = [];
    private readonly RehearsalBatch _reference = new(draw, RehearsalBatch.Reference, size.Reference);

    /// <summary>The losses by rate, in half decades: rate = 10^(key / 2).</summary>
    internal IReadOnlyDictionary<int, double> Losses => _losses;

    /// <summary>The reference batch's loss before any update.</summary>
    internal double StartLoss { get; private set; }

    /// <summary>What it cost so far, in samples of training.</summary>
    internal long Samples { get; private set; }

    /// <summary>The rate, in half decades, whose run ended lowest; the lowest of several.</summary>
    internal int Best => _losses.MinBy(run => run.Value).Key;

    /// <summary>The rate that is n half decades from 1: 10^(n / 2).</summary>
    internal static double RateOf(int halfDecades) => Math.Pow(10, halfDecades / 2.0);

    /// <summary>Whether the best run has lowered the loss by a share of what it was at the start.</summary>
    internal bool HasFallenBy(double share) => _losses[Best] <= StartLoss - (share * Math.Abs(StartLoss));

    /// <summary>Measures the start.</summary>
    internal void Begin() => StartLoss = Loss();

    /// <summary>Makes a run, unless it was made already.</summary>
    internal void Run(int halfDecades)
    {
        if (_losses.ContainsKey(halfDecades))
        {
            return;
        }

        subject.Restore(RehearsalSlot.Start);
        var cap = (LossCap * Math.Abs(StartLoss)) + 1;
        var loss = Train(RateOf(halfDecades)) ? Math.Min(Loss(), cap) : cap;
        loss = double.IsNaN(loss) ? cap : loss;
        if (_losses.Count == 0 || loss < _losses[Best])
        {
            subject.Save(RehearsalSlot.Best);
        }

        _losses.Add(halfDecades, loss);
        progress?.Report(new RehearsedRun(RateOf(halfDecades), loss));
    }

    // Whether it ran to its end.
    private bool Train(double peak)
    {
        var first = double.NaN;
        for (var t = 0; t < size.Updates; t++)
        {
            var rise = Math.Min(1, (t + 1) / (settings.Warmup * size.Updates));
            var rate = peak * rise * (1 + Math.Cos(Math.PI * t / size.Updates)) / 2;
            var loss = subject.Step(rate, new RehearsalBatch(draw, t, size.MicroBatch));
            Samples += size.MicroBatch;
            first = t == 0 ? loss : first;
            if (!double.IsFinite(loss) || loss > (Diverged * Math.Abs(first)) + 1)
            {
                return false;
            }
        }

        return true;
    }

    private double Loss()
    {
        Samples += size.ReferenceCost;
        return subject.Loss(_reference);
    }
}
