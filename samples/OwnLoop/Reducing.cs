using Rubato.Control;
using Rubato.Schedules;

namespace Rubato.Samples.OwnLoop;

/// <summary>The loops of docs/plateau.md.</summary>
public static class Reducing
{
    public static ReduceOnPlateau Controller()
    {
        // <snippet plateau-plan>
        var warmup = Duration.Epochs(2);
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(90),
            SamplesPerEpoch = 2_000,
            LearningRate = new Linear(0, 0.1, warmup).Then(0.1),
            BatchSize = 100,
        });
        var controller = new ReduceOnPlateau(plan, new ReduceOnPlateauSettings { Factor = 0.5, Patience = 3, After = warmup });
        // </snippet>
        return controller;
    }

    public static ReduceOnPlateauState Train(ReduceOnPlateau controller, Func<HyperParameters, double> train)
    {
        var plan = controller.Plan;

        // <snippet plateau-loop>
        var (progress, state) = (default(Progress), controller.InitialState);
        while (!plan.IsOver(progress.Samples))
        {
            var values = controller.Decide(progress, state);
            var loss = train(values);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss, GradientNorm: double.NaN), state);
        }

        var plateau = ((ReduceOnPlateauState)state).Plateau;
        Console.WriteLine($"{plateau.Reductions} reductions, the best mean loss {plateau.Best}");
        // </snippet>
        return (ReduceOnPlateauState)state;
    }

    public static ControllerState SaveAndRestore(ControllerState state, string path)
    {
        // <snippet plateau-save>
        var saved = (ReduceOnPlateauState)state;
        File.WriteAllText(path, saved.Plateau.ToJson());
        state = saved with { Plateau = PlateauState.Parse(File.ReadAllText(path)) };
        // </snippet>
        return state;
    }
}
