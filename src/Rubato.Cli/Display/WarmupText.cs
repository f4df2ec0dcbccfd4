using System.Diagnostics;
using Rubato.Runs.Records;

namespace Rubato.Cli.Display;

/// <summary>An automatic warm-up in words and figures.</summary>
internal static class WarmupText
{
    /// <summary>The phase, for the line that goes on changing.</summary>
    internal static string Phase(in PhaseRecord at) => at.Probability is { } probability
        ? $"{at.Phase} (minimum past: {100 * probability:F0} %)"
        : at.Phase;

    /// <summary>The line at the decision: which rate, from which evidence, at what cost.</summary>
    internal static string Decision(AutoWarmupRecord record)
    {
        var where = record.BestStep is { } step ? $", that of update {step:N0}, where the smoothed loss was lowest" : Without(record);
        var times = record.Scale == 1 ? "" : $", times {TrainingText.Number(record.Scale)} by the guard";
        return $"autowarmup  learning rate {TrainingText.Number(record.LearningRate)}{times}{where}; {Why(record)}; the warm-up took {TrainingText.Count(record.Step, "update")}, "
            + $"its {TrainingText.Count(record.Tests, "test")} {record.TestSeconds:F2} s";
    }

    private static string Without(AutoWarmupRecord record) =>
        record.Reason == "end-of-warm-up" ? ", the last of the warm-up" : ", the first of the warm-up, because no loss was finite";

    private static string Why(AutoWarmupRecord record)
    {
        var probability = record.Probability is { } last ? $"with probability {last:F3}" : "by no test";
        return record.Reason switch
        {
            "minimum" => $"this minimum is past {probability}, {TrainingText.Count(record.Verdicts, "test")} in a row",
            "rolled-back" => $"the guard went back, and this minimum is past {probability}",
            "non-finite" => "the loss was not finite",
            "end-of-warm-up" when record.BestStep is null => $"the longest warm-up ended, and the loss had not been lower before ({probability})",
            "end-of-warm-up" => $"the longest warm-up ended without a verdict that this is past ({probability})",
            _ => throw new UnreachableException(),
        };
    }
}
