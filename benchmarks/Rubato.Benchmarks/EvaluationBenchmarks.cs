using BenchmarkDotNet.Attributes;

namespace Rubato.Benchmarks;

/// <summary>
/// One value by <see cref="Schedule.At"/>, at step 1 and at step 10^12. Schedules with an end are twice as long as the step, so that both steps ask
/// the same part of the tree; those that cycle for ever are the same at both. A closed form costs the same at both.
/// </summary>
[MemoryDiagnoser]
public class EvaluationBenchmarks
{
    private Schedule _warmupThenCosine = 0;
    private Schedule _deepTree = 0;
    private Schedule _cycles = 0;
    private Schedule _restarts = 0;

    [Params(1, 1e12)]
    public double Step { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _warmupThenCosine = Subjects.WarmupThenCosine(2 * Step);
        _deepTree = Subjects.DeepTree(2 * Step);
        _cycles = Subjects.Cycles();
        _restarts = Subjects.Restarts();
    }

    [Benchmark]
    public double WarmupThenCosine() => _warmupThenCosine.At(Step);

    [Benchmark]
    public double DeepTree() => _deepTree.At(Step);

    [Benchmark]
    public double Cycles() => _cycles.At(Step);

    [Benchmark]
    public double Restarts() => _restarts.At(Step);
}
