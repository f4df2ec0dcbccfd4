using Rubato.Cli.Settings;
using Rubato.Runs;
using Rubato.Runs.Records;

namespace Rubato.Cli.Display;

/// <summary>The validation samples and the best epoch of a run in words and figures.</summary>
internal static class BestText
{
    /// <summary>What is watched with its value, such as <c>validation loss 0.3412</c>.</summary>
    internal static string Value(Watched watched, double value) =>
        $"{Name(watched)} {(watched.IsAccuracy() ? TrainingText.Percent(value) : TrainingText.Loss(value))}";

    /// <summary>The part of an epoch's line; empty without validation samples.</summary>
    internal static string Validation(EpochRecord epoch) => double.IsNaN(epoch.ValidationAccuracy) ? ""
        : $"validation loss {TrainingText.Loss(epoch.ValidationLoss)}  accuracy {TrainingText.Percent(epoch.ValidationAccuracy)}  ";

    /// <summary>The lines of a summary, each after a new line; empty without validation samples.</summary>
    internal static string Validation(RunSummary summary) => double.IsNaN(summary.ValidationAccuracy) ? ""
        : $"""

            validation accuracy {TrainingText.Percent(summary.ValidationAccuracy)}
            validation loss     {TrainingText.Loss(summary.ValidationLoss)}
            """;

    /// <summary>Why the run ended early, and where the last and the best weights are; empty if none are kept.</summary>
    internal static string Of(RunSummary summary, string folder) => summary.Best is not { } best ? ""
        : $"""
            {StoppedEarly(summary, best)}
            last model          {Path.Combine(folder, "model.safetensors")}
            best model          {Path.Combine(folder, RunFolder.BestName)}: {What(best)}
            """;

    /// <summary>The same at the end of a line.</summary>
    internal static string InLine(RunSummary summary) => summary.Best is not { } best ? ""
        : $"; best after epoch {Epoch(best)}: {Value(best.Watched, best.Value)}{Test(best)}, {RunFolder.BestName}"
            + (summary.StoppedEarly ? "; stopped early" : "");

    /// <summary>The sentence on a run that was to keep its best weights, and had none; null for any other.</summary>
    internal static string? NoneFor(TrainSettings settings, RunSummary summary) =>
        UsualSettings.BestOf(settings) is { } watched && summary is { Best: null, Updates: > 0 }
            ? $"the {Name(watched)} was a finite number at the end of no epoch, so that no weights are kept as the best; "
                + "lower --lr, or look for numbers that are not finite in the data."
            : null;

    private static string What(BestRecord best) => $"{Value(best.Watched, best.Value)} after epoch {Epoch(best)}{Test(best)}";

    private static string StoppedEarly(RunSummary summary, BestRecord best) => summary.StoppedEarly
        ? $"\nstopped early       no better {Name(best.Watched)} since epoch {Epoch(best)}"
        : "";

    private static string Test(BestRecord best) => best.Watched switch
    {
        Watched.TestAccuracy => $", {Value(Watched.TestLoss, best.TestLoss)}",
        _ => $", {Value(Watched.TestAccuracy, best.TestAccuracy)}",
    };

    private static string Epoch(BestRecord best) => TrainingText.Epochs(best.Epoch);

    private static string Name(Watched watched) => watched.Text().Replace('-', ' ');
}
