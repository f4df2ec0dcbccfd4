using Rubato.Control;
using Rubato.Rewrites;
using Rubato.Schedules;

namespace Rubato.Samples.OwnLoop;

/// <summary>The loops of docs/adaptive-batch.md.</summary>
public static class Growing
{
    public static AdaptiveBatch Controller()
    {
        // <snippet grow-plan>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(10),
            SamplesPerEpoch = 6_000,
            LearningRate = new Linear(0.01, 0.1, Duration.Epochs(1)).Then(0.1),
            BatchSize = 40,
        });
        var controller = new AdaptiveBatch(plan, new AdaptiveBatchSettings { MaxBatch = 640, Multiple = 20 });
        // </snippet>
        return controller;
    }

    public static AdaptiveBatchState Train(AdaptiveBatch controller, Func<HyperParameters, (double Loss, GradientNoise Noise)> train)
    {
        var plan = controller.Plan;

        // <snippet grow-loop>
        var (progress, state) = (default(Progress), controller.InitialState);
        while (!plan.IsOver(progress.Samples))
        {
            var values = controller.Decide(progress, state);
            var (loss, noise) = train(values);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss, GradientNorm: double.NaN) { Noise = noise }, state);
        }

        var growth = ((AdaptiveBatchState)state).Growth;
        Console.WriteLine($"a batch of {growth.Batch} after {growth.Changes} changes; the critical one is about {growth.Noise.NoiseScale:F0} now");
        // </snippet>
        return (AdaptiveBatchState)state;
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

    public static ControllerState SaveAndRestore(ControllerState state, string path)
    {
        // <snippet grow-save>
        var saved = (AdaptiveBatchState)state;
        File.WriteAllText(path, saved.Growth.ToJson());
        state = saved with { Growth = BatchGrowth.Parse(File.ReadAllText(path)) };
        // </snippet>
        return state;
    }
}
