using Rubato.Control;
using Rubato.Schedules;

namespace Rubato.Samples.OwnLoop;

/// <summary>The loops of docs/auto-warmup.md.</summary>
public static class Warming
{
    public static AutoWarmup Controller()
    {
        // <snippet warm-plan>
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(40),
            SamplesPerEpoch = 2_000,
            LearningRate = 1,
            BatchSize = 100,
            WeightDecay = 5e-4,
            Groups = [new GroupSettings("head", LearningRate: 0.1)],
        });
        var controller = new AutoWarmup(plan);
        // </snippet>
        return controller;
    }

    public static AutoWarmup Other(TrainingPlan plan)
    {
        // <snippet warm-settings>
        var controller = new AutoWarmup(plan, AutoWarmupSettings.Paper with
        {
            MaxLr = 10,
            Cooldown = new Constant(1).Then(new Cosine(1, 0, Duration.Share(0.3))),
        });
        // </snippet>
        return controller;
    }

    public static AutoWarmupState Train(AutoWarmup controller, Func<HyperParameters, double> train)
    {
        var plan = controller.Plan;

        // <snippet warm-loop>
        var (progress, state) = (default(Progress), controller.InitialState);
        while (!plan.IsOver(progress.Samples))
        {
            var values = controller.Decide(progress, state);
            var loss = train(values);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss, GradientNorm: double.NaN), state);
        }
        // </snippet>
        return (AutoWarmupState)state;
    }

    public static ControllerState SaveAndRestore(ControllerState state, string path)
    {
        // <snippet warm-save>
        File.WriteAllText(path, ((AutoWarmupState)state).ToJson());
        state = AutoWarmupState.Parse(File.ReadAllText(path));
        // </snippet>
        return state;
    }
}
