using BenchmarkDotNet.Attributes;
using Rubato.Control;

namespace Rubato.Benchmarks;

/// <summary>
/// One decision of an automatic warm-up: the likeliest Gaussian process of all losses, and the test whether their minimum is past. The baseline makes one
/// fit with variances that are given to it, by a dense Cholesky factor, and the same test.
/// </summary>
[MemoryDiagnoser]
public class WarmupDecisionBenchmarks
{
    private const int Few = 500;
    private const int Many = 100_000;

    private readonly double[] _few = Losses(Few);
    private readonly double[] _many = Losses(Many);
    private double _signal;
    private double _noise;

    /// <summary>A baseline that computed something else would prove nothing.</summary>
    [GlobalSetup]
    public void CompareDecisions()
    {
        var fitted = GaussianProcessFit.Of(_few).MostLikely();
        (_signal, _noise) = (fitted.SignalVariance, fitted.NoiseVariance);
        var twin = DenseDecision.LowestPast(_few, _signal, _noise);
        var apart = Math.Abs(twin - fitted.ArgMin());
        if (!(apart <= 1e-12))
        {
            throw new InvalidOperationException($"The dense process has its minimum {apart} apart.");
        }
    }

    [Benchmark(Baseline = true)]
    public double Dense500() => DenseDecision.LowestPast(_few, _signal, _noise);

    [Benchmark]
    public double Decision500() => Decision(_few);

    [Benchmark]
    public double Decision100000() => Decision(_many);

    private static double Decision(double[] losses)
    {
        var fitted = GaussianProcessFit.Of(losses).MostLikely();
        return fitted.ProbabilityThatMinimumIsPast() + fitted.ArgMin();
    }

    private static double[] Losses(int count)
    {
        var random = new CounterRandom(1, 2, 3);
        var losses = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = (double)i / count;
            losses[i] = 2.5 - (1.5 * Math.Min(x, 0.8)) + (2 * Math.Max(x - 0.8, 0)) + (0.2 * random.NextNormal());
        }

        return losses;
    }
}
