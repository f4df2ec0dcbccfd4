using Rubato;
using Rubato.Control;

namespace Samples.OwnLoop;

/// <summary>The loops of docs/auto-warmup.md.</summary>
public static class Warming
{
    public static Driver Start()
    {
        // <snippet warm-plan>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(40),
            SamplesPerEpoch = 2_000,
            BatchSize = 100,
            WeightDecay = 5e-4,
            Groups = [new GroupSettings("head", LearningRate: 0.1)],
        });
        var driver = new Driver(new AutoWarmup(plan));
        // </snippet>
        return driver;
    }

    public static AutoWarmup Other(TrainingPlan plan)
    {
        // <snippet warm-settings>
        var controller = new AutoWarmup(plan, AutoWarmupSettings.Paper with
        {
            MaxLr = 10,
            Cooldown = Schedule.Constant(1).Then(Schedule.Cosine(1, 0, Duration.Share(0.3))),
        });
        // </snippet>
        return controller;
    }

    public static void Train(Driver driver, Func<HyperParameters, HyperParameters, double> train)
    {
        // <snippet warm-loop>
        while (driver.TryNext(out var values))
        {
            driver.Report(train(values, driver.NextOf("head")));
        }
        // </snippet>
    }
}
