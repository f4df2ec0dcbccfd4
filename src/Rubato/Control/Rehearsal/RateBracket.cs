namespace Rubato.Control;

/// <summary>
/// Between which rates the loss falls at all: tiny updates on one micro-batch, each at a rate half a decade above the one before, until the
/// loss rises by half. They end, too, where the micro-batch is known by heart, at a tenth of the loss at the start: from there on no rate
/// does harm, and the bracket would have no upper end.
/// </summary>
/// <param name="Low">The rate of the update after which the loss was lower by 2 %, from there to its lowest.</param>
/// <param name="High">The last rate before the loss was back where it began.</param>
/// <param name="StartLoss">The loss before any update.</param>
/// <param name="Samples">What it cost.</param>
internal readonly record struct RateBracket(double Low, double High, double StartLoss, long Samples)
{
    // All of these are chosen, not fitted; experiments/auto-rate measures what comes of them.
    private const double First = 1e-8;
    private const int Most = 30;
    private const double VisibleFall = 0.02;
    private const double Diverged = 0.5;
    private const double Memorised = 0.1;
    private const int StepsUnderTheLowest = 4;
    private const double MiddlePart = 0.55;
    private const double UpperPart = 0.75;

    /// <summary>The rate to train with where nothing more is known: just above the middle, on the logarithmic axis.</summary>
    internal double Middle => At(MiddlePart);

    /// <summary>
    /// Where miniature runs begin: the best rate lies in the upper part, since a visible fall needs little, and they can go wrong safely.
    /// </summary>
    internal double Start => At(UpperPart);

    /// <summary>Looks for the bracket, and goes back to the start.</summary>
    /// <exception cref="InvalidOperationException">The loss is not finite before any update.</exception>
    internal static RateBracket Find(IRehearsalSubject subject, int size)
    {
        var batch = new RehearsalBatch(0, 0, size);
        var losses = new List<double>();
        for (var i = 0; i < Most; i++)
        {
            var loss = subject.Step(RateOf(i), batch);
            if (i == 0 && !double.IsFinite(loss))
            {
                throw new InvalidOperationException($"The loss is {loss} before any update; there is nothing to rehearse.");
            }

            if (!double.IsFinite(loss) || loss > losses.FirstOrDefault(loss) + (Diverged * Math.Abs(losses.FirstOrDefault(loss))))
            {
                losses.Add(double.PositiveInfinity);
                break;
            }

            losses.Add(loss);
            if (losses[0] > 0 && loss < Memorised * losses[0])
            {
                break;
            }
        }

        subject.Restore(RehearsalSlot.Start);
        return From(losses, (long)losses.Count * size);
    }

    /// <summary>The bracket of losses, of which each was measured before the update of the same number.</summary>
    internal static RateBracket From(IReadOnlyList<double> losses, long samples)
    {
        var start = losses[0];
        var lowest = 0;
        for (var i = 0; i < losses.Count; i++)
        {
            lowest = losses[i] < losses[lowest] ? i : lowest;
        }

        // From the lowest back: with dropout a loss can be low for once at a rate that moves nothing.
        var bound = start - (VisibleFall * Math.Abs(start));
        var fallen = losses[lowest] < bound ? lowest : -1;
        while (fallen > 1 && losses[fallen - 1] < bound)
        {
            fallen--;
        }

        // A loss is seen one update after the rate that made it.
        var low = fallen > 0 ? RateOf(fallen - 1) : RateOf(Math.Max(lowest - 1 - StepsUnderTheLowest, 0));
        var high = RateOf(Math.Max(lowest, 1));
        for (var i = lowest + 1; i < losses.Count; i++)
        {
            if (losses[i] >= start)
            {
                high = RateOf(Math.Max(i - 2, 0));
                break;
            }
        }

        return new RateBracket(Math.Min(low, high), Math.Max(low, high), start, samples);
    }

    private double At(double part) => Math.Pow(Low, 1 - part) * Math.Pow(High, part);

    private static double RateOf(int update) => First * Math.Pow(10, update / 2.0);
}
