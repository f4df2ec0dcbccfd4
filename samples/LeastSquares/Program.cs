using Rubato;

namespace Samples.LeastSquares;

/// <summary>
/// A training loop without a framework: one cycle of the rate, the momentum against it, a batch that doubles twice. Then the same run again,
/// stopped in the middle and continued by a new driver: it ends with the same weights, to the last bit.
/// </summary>
public static class Program
{
    public static void Main() => Run(Console.Out);

    public static void Run(TextWriter output)
    {
        // <snippet plan>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(6),
            SamplesPerEpoch = Regression.Samples,
            LearningRate = Schedule.OneCycle(0.1),
            Momentum = Schedule.OneCycleMomentum(0.85, 0.95),
            BatchSize = Schedule.Parse("constant(16, 2ep) then constant(32, 2ep) then 64"),
        });
        // </snippet>

        var model = new Regression();
        output.WriteLine($"loss before  {model.Loss():F4}");
        var driver = new Driver(plan);
        Train(driver, model, plan.Samples);
        output.WriteLine($"loss after   {model.Loss():F4}");
        output.WriteLine($"updates      {driver.Progress.Updates} of {plan.CountUpdates()}");

        var stopped = new Regression();
        driver = new Driver(plan);
        Train(driver, stopped, plan.Samples / 2);
        // <snippet save>
        var savedPosition = driver.Save();
        var savedModel = stopped.Save();
        // </snippet>
        output.WriteLine($"saved        {savedPosition}");

        var restored = new Regression();
        restored.Load(savedModel);
        // <snippet restore>
        driver = new Driver(plan);
        driver.Restore(savedPosition);
        // </snippet>
        Train(driver, restored, plan.Samples);
        output.WriteLine($"restored run ends with the same weights: {restored.Weights.SequenceEqual(model.Weights)}");
    }

    // <snippet loop>
    private static void Train(Driver driver, Regression model, long until)
    {
        while (driver.Progress.Samples < until && driver.TryNext(out var values))
        {
            (model.LearningRate, model.Momentum) = (values.LearningRate, values.Momentum);
            driver.Report(model.Update(driver.Progress.Samples, values.BatchSize));
        }
    }
    // </snippet>
}
