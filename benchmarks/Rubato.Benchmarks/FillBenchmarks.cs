using BenchmarkDotNet.Attributes;
using Rubato.Benchmarks.Stateful;

namespace Rubato.Benchmarks;

/// <summary>
/// The rates of a million steps: filled in one call, asked one by one, and made by a stateful scheduler, which can be had only by running it.
/// </summary>
[MemoryDiagnoser]
public class FillBenchmarks
{
    public const int Steps = 1_000_000;

    private readonly double[] _rates = new double[Steps];
    private readonly Schedule _warmupThenCosine = Subjects.WarmupThenCosine(Steps);
    private readonly Schedule _deepTree = Subjects.DeepTree(Steps);

    /// <summary>A baseline that computed something else would prove nothing.</summary>
    [GlobalSetup]
    public void CompareRates()
    {
        Stateful();
        var apart = _rates.Select((rate, step) => Math.Abs(rate - _warmupThenCosine.At(step))).Max();
        if (!(apart <= 1e-9))
        {
            throw new InvalidOperationException($"The stateful scheduler is {apart} apart from the schedule.");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Steps)]
    public double Stateful()
    {
        var group = new RateGroup { LearningRate = 0.1, InitialLearningRate = 0.1 };
        var scheduler = StatefulSequence.WarmupThenCosine(group, Steps / 10, Steps);
        foreach (ref var rate in _rates.AsSpan())
        {
            rate = group.LearningRate;
            scheduler.Step();
        }

        return group.LearningRate;
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public void WarmupThenCosine() => _warmupThenCosine.Fill(0, 1, _rates);

    [Benchmark(OperationsPerInvoke = Steps)]
    public void DeepTree() => _deepTree.Fill(0, 1, _rates);

    [Benchmark(OperationsPerInvoke = Steps)]
    public void WarmupThenCosineOneByOne()
    {
        for (var i = 0; i < Steps; i++)
        {
            _rates[i] = _warmupThenCosine.At(i);
        }
    }
}
