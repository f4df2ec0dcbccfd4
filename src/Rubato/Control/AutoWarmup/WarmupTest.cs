using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// One test of <see cref="AutoWarmup"/>: whether the losses have their minimum behind them, and where in the warm-up so far it lies.
/// </summary>
/// <param name="IsPast">The verdict.</param>
/// <param name="Probability">The probability that decided: the middle one of the votes.</param>
/// <param name="Minima">Where each vote saw the smallest smoothed loss, as a share of the losses so far.</param>
/// <param name="Fall">
/// The probability that the smoothed loss is lower at its minimum than at the start: the middle one of the votes.
/// </param>
/// <param name="SignalVariance">The signal variance used.</param>
/// <param name="NoiseVariance">The noise variance used.</param>
/// <param name="Search">Where the published search stands; null with all losses.</param>
internal readonly record struct WarmupTest(
    bool IsPast, double Probability, double[] Minima, double Fall, double SignalVariance, double NoiseVariance, VarianceSearch? Search)
{
    // The sizes of the subsets and the steps of Adam in the authors' code; only the published search uses them.
    private const int FitPoints = 100;
    private const int PredictPoints = 500;
    private const int FitSteps = 100;

    // Beyond this the squares that a fit adds up, and the squares of their gradients, leave the range of numbers.
    private const double LargestLoss = 1e50;

    // The stream of random subsets: "warmup" in ASCII.
    private const long Stream = 0x7761726d7570;

    /// <summary>Tests losses of which at least one is finite. One beyond 1e50 in size counts as that much.</summary>
    internal static WarmupTest Of(AutoWarmupSettings settings, ReadOnlySpan<double> losses, VarianceSearch? search, long test)
    {
        var bounded = Bounded(losses);
        return settings.Evidence == WarmupEvidence.AllLosses
            ? OfAll(settings, bounded)
            : OfSubsets(settings, bounded, search ?? VarianceSearch.Start, test);
    }

    /// <summary>
    /// The losses, none of them above <c>first + max(2 (first - lowest), |first|)</c>: one that explodes would bend the smoothed curve
    /// beside it. Here <c>first</c> is the median of the first losses, since a single one may be noise.
    /// </summary>
    /// <param name="losses">At least one is finite; those that are not stay as they are.</param>
    /// <param name="firstCount">How many finite losses count as the first.</param>
    internal static double[] Limited(ReadOnlySpan<double> losses, int firstCount)
    {
        var limited = losses.ToArray();
        var early = new double[Math.Min(firstCount, limited.Length)];
        var (count, lowest) = (0, double.PositiveInfinity);
        foreach (var loss in limited)
        {
            if (double.IsFinite(loss))
            {
                lowest = Math.Min(lowest, loss);
                if (count < early.Length)
                {
                    early[count++] = loss;
                }
            }
        }

        var first = Selection.At(early.AsSpan(0, count), count / 2);
        var limit = first + Math.Max(2 * (first - lowest), Math.Abs(first));
        foreach (ref var loss in limited.AsSpan())
        {
            loss = double.IsFinite(loss) ? Math.Min(loss, limit) : loss;
        }

        return limited;
    }

    private static WarmupTest OfAll(AutoWarmupSettings settings, ReadOnlySpan<double> losses)
    {
        var posterior = GaussianProcessFit.Of(Limited(losses, settings.MinLosses)).MostLikely();
        var probability = posterior.ProbabilityThatMinimumIsPast();
        var minimum = posterior.ArgMin();
        return new WarmupTest(
            probability > settings.Confidence,
            probability,
            [minimum],
            posterior.ProbabilityThatLower(minimum, 0),
            posterior.SignalVariance,
            posterior.NoiseVariance,
            Search: null);
    }

    private static ReadOnlySpan<double> Bounded(ReadOnlySpan<double> losses)
    {
        double[]? bounded = null;
        for (var i = 0; i < losses.Length; i++)
        {
            if (double.IsFinite(losses[i]) && Math.Abs(losses[i]) > LargestLoss)
            {
                bounded ??= losses.ToArray();
                bounded[i] = Math.CopySign(LargestLoss, losses[i]);
            }
        }

        return bounded ?? losses;
    }

    private static WarmupTest OfSubsets(AutoWarmupSettings settings, ReadOnlySpan<double> losses, VarianceSearch search, long test)
    {
        var finite = Finite(losses);
        var start = Average(losses, finite);
        var random = new CounterRandom(settings.Seed, Stream, test);
        var (found, mean) = search.Follow(Subset(losses, finite, FitPoints, ref random), FitSteps, start);
        var (probabilities, minima, falls) = (new double[settings.Tests], new double[settings.Tests], new double[settings.Tests]);
        var votes = 0;
        for (var vote = 0; vote < settings.Tests; vote++)
        {
            var fit = Subset(losses, finite, PredictPoints, ref random);
            var posterior = fit.Posterior(found.SignalVariance, found.NoiseVariance, mean - fit.Mean);
            probabilities[vote] = posterior.ProbabilityThatMinimumIsPast();
            minima[vote] = posterior.ArgMin();
            falls[vote] = posterior.ProbabilityThatLower(minima[vote], 0);
            votes += probabilities[vote] > settings.Confidence ? 1 : 0;
        }

        return new WarmupTest(
            2 * votes > settings.Tests, Middle(probabilities), minima, Middle(falls), found.SignalVariance, found.NoiseVariance, found);
    }

    private static double Middle(double[] votes) => Selection.At((double[])votes.Clone(), (votes.Length - 1) / 2);

    private static int[] Finite(ReadOnlySpan<double> losses)
    {
        var (finite, count) = (new int[losses.Length], 0);
        for (var i = 0; i < losses.Length; i++)
        {
            if (double.IsFinite(losses[i]))
            {
                finite[count++] = i;
            }
        }

        Array.Resize(ref finite, count);
        return finite;
    }

    private static double Average(ReadOnlySpan<double> losses, int[] finite)
    {
        var sum = 0.0;
        foreach (var i in finite)
        {
            sum += losses[i];
        }

        return sum / finite.Length;
    }

    // Selection sampling in order (Knuth, "The Art of Computer Programming" 2, section 3.4.2, algorithm S): each subset is equally likely.
    private static GaussianProcessFit Subset(ReadOnlySpan<double> losses, int[] finite, int most, ref CounterRandom random)
    {
        var count = Math.Min(most, finite.Length);
        var (x, y) = (new double[count], new double[count]);
        var chosen = 0;
        for (var i = 0; chosen < count; i++)
        {
            var left = finite.Length - i;
            if (left == count - chosen || random.NextInt(left) < count - chosen)
            {
                x[chosen] = (double)finite[i] / losses.Length;
                y[chosen] = losses[finite[i]];
                chosen++;
            }
        }

        return GaussianProcessFit.Of(x, y);
    }
}
