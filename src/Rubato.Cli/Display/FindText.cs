using Rubato.RangeTests;
using Rubato.Runs.RangeTests;
using Rubato.Torch.RangeTests;
using Rubato.Torch.Running;
using static Rubato.Cli.Display.TrainingText;

namespace Rubato.Cli.Display;

/// <summary>A range test in words and figures: what displays of every kind print.</summary>
internal static class FindText
{
    internal static string Start(RangeTestDescription test) =>
        $"""
        data       {test.Data}: {test.TrainSamples:N0} training samples{HeldOut(test)}
        network    {test.Network}: {test.Parameters:N0} parameters
        optimizer  {test.Optimizer}: batches of {test.BatchSize:N0}
        device     {test.Device}: {Count(test.Threads, "thread")}
        sweep      {Count(test.Test.Updates, "update")} {Range(test)}, {Count(test.Runs, "run")}{Notes(test)}
        """;

    private static string Notes(RangeTestDescription test) =>
        string.Concat(test.Notes.Prepend(RunNotes.OfThreads(test.Threads, Environment.ProcessorCount)).Select(Note));

    private static string HeldOut(RangeTestDescription test) =>
        test.HeldOutSamples == 0 ? "" : $", {test.HeldOutSamples:N0} of them held out";

    private static string Range(RangeTestDescription test) =>
        $"from {Number(test.Test.StartLr)} to {Number(test.Test.EndLr)}";

    internal static string Run(FindMeter meter) =>
        $"{meter.Run}{(meter.Momentum is null ? "" : $"  momentum {meter.Momentum}")}  weight decay {meter.WeightDecay}  seed {meter.Seed}";

    internal static string Point(FindMeter meter) =>
        $"{meter.Run}  update {meter.Last.Update:N0} of {meter.Iterations:N0}  "
        + $"lr {Number(meter.Last.LearningRate)}  loss {Loss(meter.SmoothedLoss)}";

    internal static string RunEnd(FindMeter meter, RangeCurve curve)
    {
        var last = curve.Points[^1];
        var end = curve.End switch
        {
            RangeEnd.Completed => "went through all rates",
            RangeEnd.Diverged => "diverged",
            RangeEnd.NonFinite => "lost its loss",
            _ => "was interrupted",
        };
        var lowest = double.IsFinite(meter.LowestLoss)
            ? $"; loss {Loss(meter.LowestLoss)} at best, at lr {Number(meter.LowestRate)}"
            : "";
        return $"{meter.Run}  {end}: {Count(last.Update, "update")}, up to lr {Number(last.LearningRate)}{lowest}";
    }

    /// <summary>The answer of the variant to train with, in a sentence.</summary>
    internal static string Answer(RangeTestReport report)
    {
        var best = report.Best;
        if (best.Suggestion.Range is not { } range)
        {
            return $"no clear answer: {best.Suggestion.Reason}";
        }

        var name = report.NameOf(best);
        var with = name.Length > 0 ? $" with {name}" : "";
        var batch = report.BatchSize is { } size
            ? $"measured at a global batch of {size:N0}"
            : "at a global batch that is not known (--batch says it)";
        return $"base_lr {RateText.Of(range.BaseLr)}, max_lr {RateText.Of(range.MaxLr)} by {best.Suggestion.Rule}{with}; "
            + $"{100 * best.Suggestion.Confidence:F0} % of answers within a factor 3; {batch}";
    }
}
