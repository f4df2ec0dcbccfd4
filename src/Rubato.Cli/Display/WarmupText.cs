using System.Diagnostics;
using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Cli.Display;

/// <summary>An automatic warm-up in words and figures.</summary>
internal static class WarmupText
{
    /// <summary>The phase, for the line that goes on changing.</summary>
    internal static string Phase(in PhaseRecord at) => at.Probability is { } probability
        ? $"{NameOf(at.Phase)} (minimum past: {100 * probability:F0} %)"
        : NameOf(at.Phase);

    /// <summary>The line at the decision: which rate, from which evidence, at what cost.</summary>
    internal static string Decision(AutoWarmupRecord record)
    {
        var where = record.BestStep is { } step ? $", that of update {step:N0}, where the smoothed loss was lowest" : Without(record);
        var times = record.Scale == 1 ? "" : $", times {TrainingText.Number(record.Scale)} by the guard";
        return $"autowarmup  learning rate {TrainingText.Number(record.LearningRate)}{times}{where}; {Why(record)}; "
            + $"the warm-up took {TrainingText.Count(record.Step, "update")}, "
            + $"its {TrainingText.Count(record.Tests, "test")} {record.TestSeconds:F2} s";
    }

    private static string Without(AutoWarmupRecord record) =>
        record.Reason == AutoWarmupReason.EndOfWarmup
            ? ", the last of the warm-up"
            : ", the first of the warm-up, because no loss was finite";

    private static string NameOf(RunPhase phase) => phase switch
    {
        RunPhase.WarmUp => "warm-up",
        RunPhase.Cooldown => "cooldown",
        RunPhase.Plateau => "plateau",
        _ => throw new UnreachableException(),
    };

    private static string Why(AutoWarmupRecord record)
    {
        var past = record.Probability is { } probability ? $"a minimum is past with probability {probability:F3}" : "there was no test";
        return record.Reason switch
        {
            AutoWarmupReason.Minimum => $"{past}, {TrainingText.Count(record.Verdicts, "test")} in a row",
            AutoWarmupReason.RolledBack => $"the guard went back, and {past}",
            AutoWarmupReason.NonFinite => "the loss was not finite",
            AutoWarmupReason.EndOfWarmup => $"the longest warm-up ended without a verdict; {past}",
            _ => throw new UnreachableException(),
        };
    }
}
