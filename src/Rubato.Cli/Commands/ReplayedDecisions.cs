using Rubato.Control;
using Rubato.Runs.Plans;
using Rubato.Runs.Records;

namespace Rubato.Cli.Commands;

/// <summary>The decisions of a replay as rows of a table.</summary>
internal static class ReplayedDecisions
{
    /// <summary>A row for each update.</summary>
    internal static IReadOnlyList<DecisionRow> From(Replay replay) =>
    [
        .. replay.Updates.Select(update => new DecisionRow(
            update.Observation.Progress.Updates,
            update.Observation.Applied.LearningRate,
            Phase(update.Before, update.After),
            (update.After as AutoWarmupState)?.Probability)),
    ];

    private static RunPhase Phase(ControllerState before, ControllerState after) => (before, after) switch
    {
        (AutoWarmupState { Switch: null }, _) => RunPhase.WarmUp,
        (AutoWarmupState, _) => RunPhase.Cooldown,
        (ReduceOnPlateauState { Plateau: { Means: 0, Updates: 0 } }, ReduceOnPlateauState { Plateau: { Means: 0, Updates: 0 } }) =>
            RunPhase.WarmUp,
        _ => RunPhase.Plateau,
    };
}
