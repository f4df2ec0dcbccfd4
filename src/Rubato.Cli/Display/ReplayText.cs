using System.Diagnostics;
using Rubato.Control;

namespace Rubato.Cli.Display;

/// <summary>What a controller made of losses, and why, in words and figures.</summary>
internal static class ReplayText
{
    /// <summary>A line for each decision, and one for the whole.</summary>
    internal static IEnumerable<string> Of(Replay replay, int losses) => replay switch
    {
        { Controller: AutoWarmup warmup, State: AutoWarmupState state } => [Of(warmup, state, losses)],
        { Controller: ReduceOnPlateau plateau, State: ReduceOnPlateauState state } =>
            [.. Reductions(replay, plateau), Of(plateau, state.Plateau, replay)],
        _ => [],
    };

    private static string Of(AutoWarmup controller, AutoWarmupState state, int losses)
    {
        var tests = state.Probability is { } probability
            ? $"{PlanReport.Count(state.Tests, "test")}, the last with probability {probability:F3}"
            : "no test";
        if (state.Switch is not { } at)
        {
            return $"Still warming up after {(losses == 1 ? "1 loss" : $"{losses:N0} losses")}; "
                + $"the longest warm-up has {PlanReport.Count(controller.WarmupUpdates, "update")}; {tests}.";
        }

        var why = at.Reason switch
        {
            AutoWarmupReason.Minimum => "the loss has its minimum behind it",
            AutoWarmupReason.NonFinite => "losses were not finite",
            AutoWarmupReason.EndOfWarmup => "the longest warm-up ended without a verdict",

            // Nothing is rolled back where nothing trains.
            _ => throw new UnreachableException(),
        };
        return $"Cooldown from a learning rate of {TrainingText.Number(at.LearningRate)} "
            + $"after {PlanReport.Count(at.Updates, "update")}: {why}; {tests}.";
    }

    private static IEnumerable<string> Reductions(Replay replay, ReduceOnPlateau controller) =>
        from update in replay.Updates
        from reduction in update.Events.OfType<RateReduced>()
        select Of(reduction, update, controller);

    private static string Of(RateReduced reduction, in ReplayedUpdate update, ReduceOnPlateau controller)
    {
        var seen = update.Observation;
        var patience = controller.Settings.Patience;
        var means = patience == 0 ? "a mean loss" : $"{patience + 1} mean losses in a row";
        var best = reduction.Best is { } mean ? $"no better than {TrainingText.Finite(mean, 5)}" : "not below infinity";
        var reduced = controller.Decide(seen.Progress, update.After).LearningRate;
        return $"update {seen.Progress.Updates:N0}  {means} {best}, the last {TrainingText.Finite(reduction.Mean, 5)}: "
            + $"learning rate {TrainingText.Number(seen.Applied.LearningRate)} to {TrainingText.Number(reduced)}";
    }

    private static string Of(ReduceOnPlateau controller, PlateauState state, Replay replay)
    {
        var best = state.Best is { } mean ? $", the best {TrainingText.Finite(mean, 5)}" : "";
        var left = state.Reductions == 0 && state.Bad > 0
            ? $"; the last {state.Bad} were no better, and more than {controller.Settings.Patience} in a row would reduce the rate"
            : "";
        var reductions = state.Reductions == 0 ? "No reduction" : PlanReport.Count(state.Reductions, "reduction");
        var last = TrainingText.Number(replay.Updates[^1].Observation.Applied.LearningRate);
        return $"{reductions} in {PlanReport.Count(replay.Updates.Length, "update")} "
            + $"and {PlanReport.Count(state.Means, "mean")} of losses{best}{left}; the last learning rate is {last}.";
    }
}
