using Rubato;
using Rubato.Control;

namespace Samples.OwnLoop;

/// <summary>The loops of docs/polyak.md.</summary>
public static class Descending
{
    public static Driver Start()
    {
        // <snippet polyak-plan>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Batches(100),
            LearningRate = Schedule.Linear(0.04, 1, Duration.Share(0.2)).Then(Schedule.Linear(1, 0)),
            BatchSize = 32,
        });
        var driver = new Driver(new Polyak(plan, new PolyakSettings { FirstRate = 0.1 }));
        // </snippet>
        return driver;
    }

    public static void Plain(Driver driver, double[] weights, Func<double[], long, (double Loss, double[] Gradient)> differentiate)
    {
        // <snippet polyak-sgd>
        while (driver.TryNext(out var values))
        {
            var (loss, gradient) = differentiate(weights, values.BatchSize);
            var descent = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                descent += gradient[i] * gradient[i];
                weights[i] -= values.LearningRate * gradient[i];
            }

            driver.Report(loss, descent: descent);
        }
        // </snippet>
    }

    public static void Any(
        Driver driver, double[] weights, Func<double[], long, (double Loss, double[] Gradient)> differentiate, Action<double[], double[], HyperParameters> update)
    {
        // <snippet polyak-any>
        while (driver.TryNext(out var values))
        {
            var (loss, gradient) = differentiate(weights, values.BatchSize);
            double[] before = [.. weights];
            update(weights, gradient, values);
            var fall = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                fall += gradient[i] * (before[i] - weights[i]);
            }

            driver.Report(loss, descent: fall / values.LearningRate);
        }
        // </snippet>
    }
}
