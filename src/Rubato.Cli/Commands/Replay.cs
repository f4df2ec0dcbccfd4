using Rubato.Control;
using Rubato.Runs.Plans;

namespace Rubato.Cli.Commands;

/// <summary>A reduction that was decided.</summary>
/// <param name="Updates">Updates before it.</param>
/// <param name="Mean">The mean loss that it was decided by.</param>
/// <param name="Best">The best mean.</param>
/// <param name="From">The rate of the last update before it.</param>
/// <param name="To">That of the first one after it.</param>
/// <remarks>Immutable.</remarks>
internal sealed record ReplayedReduction(long Updates, double Mean, double? Best, double From, double To);

/// <summary>What a controller made of losses.</summary>
/// <param name="Controller">The controller.</param>
/// <param name="State">Its memory at the end.</param>
/// <param name="Rows">Each update.</param>
/// <param name="Reductions">Those of a <see cref="ReduceOnPlateau"/>.</param>
/// <remarks>Immutable.</remarks>
internal sealed record Replay(Controller Controller, ControllerState State, IReadOnlyList<DecisionRow> Rows, IReadOnlyList<ReplayedReduction> Reductions)
{
    /// <summary>Gives a controller one loss after another, as if its rates had led to them.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="losses">The losses.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What came of it; up to the end of the plan where the rest is known without losses, otherwise up to the last loss.</returns>
    internal static Replay Of(Controller controller, TrainingPlan plan, IReadOnlyList<double> losses, CancellationToken cancellation)
    {
        var rows = new List<DecisionRow>();
        var reductions = new List<ReplayedReduction>();
        var (progress, state) = (default(Progress), controller.InitialState);
        while (!plan.IsOver(progress.Samples) && (IsDecided(state) || progress.Updates < losses.Count))
        {
            cancellation.ThrowIfCancellationRequested();
            var values = controller.Decide(progress, state);
            var loss = IsDecided(state) ? double.NaN : losses[(int)progress.Updates];
            var before = state;
            progress = new Progress(progress.Updates + 1, progress.Samples + values.BatchSize);
            state = controller.Observe(new Observation(progress, values, loss, double.NaN), state);
            rows.Add(new DecisionRow(progress.Updates, values.LearningRate, Phase(before, state), (state as AutoWarmupState)?.Probability));
            if (before is ReduceOnPlateauState { Plateau: var old } && state is ReduceOnPlateauState { Plateau: var now } && now.Reductions > old.Reductions)
            {
                reductions.Add(new ReplayedReduction(
                    progress.Updates, now.LastMean ?? double.NaN, now.Best, values.LearningRate, controller.Decide(progress, state).LearningRate));
            }
        }

        return new Replay(controller, state, rows, reductions);
    }

    // Once the cooldown has begun, losses decide nothing, and the rest of the run is known.
    private static bool IsDecided(ControllerState state) => state is AutoWarmupState { Switch: not null };

    private static string Phase(ControllerState before, ControllerState after) => (before, after) switch
    {
        (AutoWarmupState { Switch: null }, _) => "warmup",
        (AutoWarmupState, _) => "cooldown",
        (ReduceOnPlateauState { Plateau: { Means: 0, Updates: 0 } }, ReduceOnPlateauState { Plateau: { Means: 0, Updates: 0 } }) => "warmup",
        _ => "plateau",
    };
}
