using BenchmarkDotNet.Attributes;
using Rubato.Schedules;

namespace Rubato.Benchmarks;

/// <summary>
/// One value: <see cref="Schedule.At"/> in the middle of the schedule, at step 1 of 2 and at step 10^12 of 2 * 10^12, so that both ask the same
/// part of the tree. A closed form costs the same at both.
/// </summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private Schedule _warmupThenCosine = 0;
    private Schedule _deepTree = 0;

    [Params(1, 1e12)]
    public double Step { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _warmupThenCosine = Subjects.WarmupThenCosine(2 * Step);
        _deepTree = Subjects.DeepTree(2 * Step);
    }

    [Benchmark]
    public double WarmupThenCosine() => _warmupThenCosine.At(Step);

    [Benchmark]
    public double DeepTree() => _deepTree.At(Step);
}
