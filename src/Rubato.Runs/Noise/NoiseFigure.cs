using System.Collections.Immutable;
using Rubato.Runs.Charts;

namespace Rubato.Runs.Noise;

/// <summary>
/// What a drawing of the noise scale over a run shows, whoever draws it: on one logarithmic axis of samples the noise scale, and the batch
/// that was used.
/// </summary>
/// <remarks>Immutable. Two figures are equal only where they share their lines.</remarks>
public sealed record NoiseFigure
{
    /// <summary>More points than columns of any drawing tell nothing.</summary>
    private const int MostPoints = 1000;

    private NoiseFigure(double end, double low, double high, ImmutableArray<PanelLine> lines) =>
        (End, Low, High, Lines) = (end, low, high, lines);

    /// <summary>What each line is.</summary>
    public static ImmutableArray<string> Names { get; } = ["noise scale (critical batch size)", "batch"];

    /// <summary>What the vertical axis counts.</summary>
    public static string Unit => "samples";

    /// <summary>The samples seen where the horizontal axis ends; it begins at 0.</summary>
    public double End { get; }

    /// <summary>Where the vertical axis begins; above 0.</summary>
    public double Low { get; }

    /// <summary>Where it ends; above <see cref="Low"/>.</summary>
    public double High { get; }

    /// <summary>The lines, as in <see cref="Names"/>; within the axes.</summary>
    public ImmutableArray<PanelLine> Lines { get; }

    /// <summary>Puts a curve into a figure.</summary>
    /// <param name="curve">The curve.</param>
    /// <returns>The figure.</returns>
    public static NoiseFigure Of(NoiseCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);

        // A logarithmic axis has no place for 0.
        var scales = Thinned(
        [
            .. curve.Known.Where(known => known.NoiseScale > 0).Select(known => ((double)known.Samples, known.NoiseScale ?? 1)),
        ]);
        var batches = Batches(curve);
        var values = scales.Concat(batches).Select(point => point.Y).ToList();
        var (low, high) = (values.Min(), values.Max());
        return new NoiseFigure(
            curve.Measurements[^1].Samples,
            high > low ? low : low / 2,
            high > low ? high : high * 2,
            [new PanelLine(0, scales, IsStairs: false), new PanelLine(1, batches, IsStairs: true)]);
    }

    // Each batch from the end of the measurement before, where it stays the same one point for all.
    private static ImmutableArray<(double X, double Y)> Batches(NoiseCurve curve)
    {
        var points = ImmutableArray.CreateBuilder<(double X, double Y)>();
        var before = 0L;
        foreach (var measurement in curve.Measurements)
        {
            if (points.Count == 0 || points[^1].Y != measurement.Batch)
            {
                points.Add((before, measurement.Batch));
            }

            before = measurement.Samples;
        }

        points.Add((before, points[^1].Y));
        return Thinned(points.ToImmutable());
    }

    private static ImmutableArray<(double X, double Y)> Thinned(ImmutableArray<(double X, double Y)> points)
    {
        var every = ((points.Length - 1) / MostPoints) + 1;
        return [.. points.Where((_, i) => i % every == 0 || i == points.Length - 1)];
    }
}
