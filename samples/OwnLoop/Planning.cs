using Rubato;

namespace Samples.OwnLoop;

/// <summary>Plans of docs/own-loop.md.</summary>
public static class Planning
{
    public static TrainingPlan WarmupThenCosine()
    {
        // <snippet warmup-then-cosine>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(10),
            SamplesPerEpoch = 6_000,
            LearningRate = Schedule.Linear(0.01, 0.1, Duration.Epochs(1)).Then(Schedule.Cosine(0.1, 0)),
            BatchSize = Schedule.Constant(100, Duration.Epochs(5)).Then(200),
            WeightDecay = 5e-4,
        });
        // </snippet>
        return plan;
    }

    public static TrainingPlan WithGroup(TrainingPlan plan)
    {
        // <snippet group>
        var grouped = new TrainingPlan(plan.Settings with { Groups = [new GroupSettings("bias", WeightDecay: 0)] });
        // </snippet>
        return grouped;
    }

    public static void Preview(TrainingPlan plan, TextWriter output)
    {
        // <snippet preview>
        output.WriteLine($"{plan.CountUpdates()} updates");
        foreach (var update in plan.EnumerateUpdates().Where(update => update.Step % 100 == 1))
        {
            var values = update.HyperParameters;
            output.WriteLine($"{update.Step,4} {update.Start,6} {values.BatchSize,4} {values.LearningRate:F4}");
        }

        // </snippet>
    }

    public static Schedule WithFunction()
    {
        // <snippet functions>
        var functions = ScheduleFunctions.None.With("half-lives", share => Math.Pow(0.5, 5 * share));
        var schedule = Schedule.Parse("linear(0 -> 0.1, 1ep) then 0.1 * function(half-lives, 9ep)", functions);
        // </snippet>
        return schedule;
    }
}
