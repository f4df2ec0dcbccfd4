using BenchmarkDotNet.Attributes;
using Rubato.Control;

namespace Rubato.Benchmarks;

/// <summary>
/// A turn of a training loop without its training: the values of an update, and the report of its loss. The baseline asks the plan itself and
/// counts the samples by hand, which neither checks the loop nor tells a controller.
/// </summary>
[MemoryDiagnoser]
public class DriverBenchmarks
{
    private const int Turns = 30_000;
    private const double Loss = 1;

    private readonly TrainingPlan _plan = new(new PlanSettings
    {
        Length = Duration.Batches(Turns),
        LearningRate = Subjects.WarmupThenCosine(Turns),
        BatchSize = 128,
        Momentum = 0.9,
        WeightDecay = 5e-4,
    });

    [Benchmark(Baseline = true, OperationsPerInvoke = Turns)]
    public double ByHand()
    {
        var sum = 0.0;
        for (var samples = 0L; !_plan.IsOver(samples);)
        {
            var values = _plan.At(samples);
            sum += values.LearningRate;
            samples += values.BatchSize;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Turns)]
    public double Plan() => Drive(new Driver(_plan));

    [Benchmark(OperationsPerInvoke = Turns)]
    public double GuardedPlan() => Drive(new Driver(new GuardedController(new PlanController(_plan), new LossGuard(Turns))));

    private static double Drive(Driver driver)
    {
        var sum = 0.0;
        while (driver.TryNext(out var values))
        {
            sum += values.LearningRate;
            driver.Report(Loss);
        }

        return sum;
    }
}
