using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>A controller beside losses and descents that are given.</summary>
internal static class PolyakRun
{
    /// <summary>What is told, but for the first rate.</summary>
    internal static PolyakSettings Settings { get; } = new() { FirstRate = 1, Averaging = 0 };

    /// <summary>The rate of each update, and of the one after the last; with the state that is left.</summary>
    internal static (double[] Rates, PolyakState State) Of(Controller controller, params IEnumerable<(double Loss, double? Descent)> seen)
    {
        var (progress, state) = (default(Progress), controller.InitialState);
        var rates = new List<double>();
        foreach (var (loss, descent) in seen)
        {
            var values = controller.Decide(progress, state);
            rates.Add(values.LearningRate);
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss) { Descent = descent }, state);
        }

        return ([.. rates, controller.Decide(progress, state).LearningRate], (PolyakState)state);
    }
}
