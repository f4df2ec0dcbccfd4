using Rubato;
using Rubato.Control;

namespace Samples.OwnLoop;

/// <summary>The loops of docs/plateau.md.</summary>
public static class Reducing
{
    public static Driver Start()
    {
        // <snippet plateau-plan>
        var warmup = Duration.Epochs(2);
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(90),
            SamplesPerEpoch = 2_000,
            LearningRate = Schedule.Linear(0, 0.1, warmup).Then(0.1),
            BatchSize = 100,
        });
        var driver = new Driver(new ReduceOnPlateau(plan, new ReduceOnPlateauSettings { Factor = 0.5, Patience = 3, After = warmup }));
        // </snippet>
        return driver;
    }

    public static void Train(Driver driver, Func<HyperParameters, double> train)
    {
        // <snippet plateau-loop>
        while (driver.TryNext(out var values))
        {
            driver.Report(train(values));
        }

        var plateau = ((ReduceOnPlateauState)driver.State).Plateau;
        Console.WriteLine($"{plateau.Reductions} reductions, the best mean loss {plateau.Best}");
        // </snippet>
    }

    public static Driver StartOfEvaluations()
    {
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Epochs(20), SamplesPerEpoch = 2_000, LearningRate = 0.1, BatchSize = 100 });

        // <snippet plateau-watch>
        var driver = new Driver(new ReduceOnPlateau(plan, new ReduceOnPlateauSettings { Watch = Watched.ValidationAccuracy, Factor = 0.5, Patience = 3 }));
        // </snippet>
        return driver;
    }

    public static void Train(Driver driver, Func<HyperParameters, double> train, Func<double> accuracy)
    {
        // <snippet plateau-evaluations>
        while (driver.TryNext(out var values))
        {
            driver.Report(train(values));
            if (driver.Progress.Samples % 2_000 == 0)
            {
                driver.ReportEvaluation(new EvaluationMetrics { ValidationAccuracy = accuracy() });
            }
        }
        // </snippet>
    }
}
