using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>A verification in words and figures: what displays of every kind print while it goes on.</summary>
internal static class VerifyText
{
    internal static string Start(VerificationDescription run) =>
        $"""
        data       {run.Data}: {run.TrainSamples:N0} training samples
        network    {run.Network}: {run.Parameters:N0} parameters
        optimizer  {run.Optimizer}: learning rate {run.LearningRate}, at most {TrainingText.Count(run.Updates, "update")}
        {TrainingText.Exponential(run.Exponential, run.Parameters)}
        compared   {Precision(run)}: outputs for {Samples(run)} with those of {Claim(run)}; {Allowed(run)}
        """;

    private static string Allowed(VerificationDescription run) =>
        $"{Difference(run.Tolerance)} is allowed{string.Concat(run.Notes.Select(TrainingText.Note))}";

    internal static string Point(VerifiedPoint point, VerificationDescription run) =>
        $"update {point.Update:N0} of {run.Updates:N0}  loss {TrainingText.Loss(point.Loss)}  "
        + $"difference {Difference(point.FunctionDifference)}  rounding alone {Difference(point.Rounding)}";

    internal static string Accuracy(VerifiedAccuracy accuracy) =>
        $"epoch {Epoch(accuracy)}  update {accuracy.Update:N0}  accuracy {TrainingText.Percent(accuracy.Claimed)}, "
        + $"rewritten {TrainingText.Percent(accuracy.Rewritten)}, rounded differently {TrainingText.Percent(accuracy.Rounded)}";

    private static string Precision(VerificationDescription run) => run.IsDouble ? "float64" : "float32";

    private static string Samples(VerificationDescription run) => TrainingText.Count(run.Probe, "test sample");

    /// <summary>The run whose function is claimed.</summary>
    internal static string Claim(VerificationDescription run) => IsWithoutDrops(run)
        ? "the plan with a constant rate and a weight decay that is reduced in each phase instead"
        : "the plan with weight decay";

    /// <summary>Whether it is TEXP--, which has the function of another plan than the one that was written.</summary>
    internal static bool IsWithoutDrops(VerificationDescription run) => run.Exponential.Form.StartsWith("texp--", StringComparison.Ordinal);

    internal static string Epoch(VerifiedAccuracy accuracy) => $"{accuracy.Epoch:#,0.##}";

    /// <summary>Such as <c>3.1e-14</c>.</summary>
    internal static string Difference(double value) =>
        value is 0 or (>= 0.01 and < 100) ? TrainingText.Finite(value, 2) : TrainingText.Finite(value, "0.#e-0");
}
