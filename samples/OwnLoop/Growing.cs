using Rubato;
using Rubato.Control;

namespace Samples.OwnLoop;

/// <summary>The loops of docs/adaptive-batch.md.</summary>
public static class Growing
{
    public static Driver Start()
    {
        // <snippet grow-plan>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(10),
            SamplesPerEpoch = 6_000,
            LearningRate = Schedule.Linear(0.01, 0.1, Duration.Epochs(1)).Then(0.1),
            BatchSize = 40,
        });
        var driver = new Driver(new AdaptiveBatch(plan, new AdaptiveBatchSettings { MaxBatch = 640, Multiple = 20 }));
        // </snippet>
        return driver;
    }

    public static void Train(Driver driver, Func<HyperParameters, (double Loss, GradientNoise Noise)> train)
    {
        // <snippet grow-loop>
        while (driver.TryNext(out var values))
        {
            var (loss, noise) = train(values);
            driver.Report(loss, noise: noise);
        }

        var growth = ((AdaptiveBatchState)driver.State).Growth;
        Console.WriteLine($"a batch of {growth.Batch} after {growth.Changes} changes; the critical one is about {growth.Noise.NoiseScale:F0} now");
        // </snippet>
    }

    // <snippet grow-measure>
    /// <summary>What the mean gradients of an update's micro-batches, all of one size, say of the noise.</summary>
    public static GradientNoise Measure(IReadOnlyList<double[]> gradients, int microBatch)
    {
        var small = 0.0;
        var mean = new double[gradients[0].Length];
        foreach (var gradient in gradients)
        {
            for (var i = 0; i < mean.Length; i++)
            {
                small += gradient[i] * gradient[i] / gradients.Count;
                mean[i] += gradient[i] / gradients.Count;
            }
        }

        return GradientNoise.Of(microBatch, small, microBatch * gradients.Count, mean.Sum(value => value * value));
    }
    // </snippet>
}
