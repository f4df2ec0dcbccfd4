using Rubato.Control;
using Rubato.Numerics;
using Rubato.Runs.Noise;
using Rubato.Runs.Records;

namespace Rubato.Cli.Display;

/// <summary>The noise scale in words and figures.</summary>
internal static class NoiseText
{
    /// <summary>The last lines of <c>rubato noise</c>.</summary>
    internal static IEnumerable<string> Of(NoiseCurve curve)
    {
        var measurements = curve.Measurements;
        var known = curve.Known.ToList();
        var largest = known.MaxBy(measurement => measurement.NoiseScale);
        var average = curve.Average is { } length ? $"{length:N0}" : "the last tenth, 20 at least";
        yield return $"measurements  {TrainingText.Count(measurements.Length, "update")} of {measurements[^1].Step:N0}, "
            + $"averaged over {average}";
        yield return $"noise scale   {At(known[0])}, {At(known[^1])}, largest {At(largest)}";
        yield return $"batch         {Cost(measurements[^1].Batch, known[^1].NoiseScale)} at the end";
    }

    /// <summary>What is said at the end of a run; null where nothing was measured.</summary>
    internal static string? Of(NoiseSummaryRecord? noise) => noise switch
    {
        null => null,
        { NoiseScale: { } scale } => $"{Scale(scale)} samples; {Cost(noise.Batch, scale)}",
        _ => $"not known from {TrainingText.Count(noise.Measurements, "measurement")}",
    };

    internal static string Scale(double scale) => scale >= 100 ? $"{scale:N0}" : NumberText.Of(scale, 3);

    // At the noise scale 0 one sample is as good as any batch.
    private static string Cost(long batch, double? scale)
    {
        if (scale is not > 0)
        {
            return $"batches of {batch:N0} are above the critical batch size";
        }

        var cost = BatchEfficiency.Of(batch, scale.Value);
        return $"batches of {batch:N0} need {Times(cost.Samples)} times the fewest samples "
            + $"and {Times(cost.Updates)} times the fewest updates";
    }

    private static string At(in NoiseRecord record) => $"{Scale(record.NoiseScale ?? double.NaN)} at sample {record.Samples:N0}";

    private static string Times(double factor) => factor >= 100 ? $"{factor:N0}" : factor >= 10 ? $"{factor:F1}" : $"{factor:F2}";
}
