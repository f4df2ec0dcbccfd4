using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>A controller beside losses that are given.</summary>
internal static class PlateauRun
{
    /// <summary>Batches of ten samples, five to an epoch.</summary>
    internal static TrainingPlan Plan(Schedule rate, int updates = 1000) => new(new PlanSettings
    {
        Length = Duration.Batches(updates),
        SamplesPerEpoch = 50,
        LearningRate = rate,
        BatchSize = 10,
        Momentum = 0.9,
        Groups = [new GroupSettings("head", LearningRate: 0.25 * rate)],
    });

    /// <summary>The rate of each update, and of the one after the last; with the state that is left.</summary>
    internal static (double[] Rates, ReduceOnPlateauState State) Of(Controller controller, params IEnumerable<double> losses)
    {
        var (progress, state) = (default(Progress), controller.InitialState);
        var rates = new List<double>();
        foreach (var loss in losses)
        {
            var values = controller.Decide(progress, state);
            rates.Add(values.LearningRate);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss), state);
        }

        return ([.. rates, controller.Decide(progress, state).LearningRate], (ReduceOnPlateauState)state);
    }
}
