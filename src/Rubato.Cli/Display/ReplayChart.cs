using System.Collections.Immutable;
using Rubato.Runs.Charts;
using Rubato.Runs.Plans;
using Rubato.Runs.Records;

namespace Rubato.Cli.Display;

/// <summary>
/// The losses that a controller was given, and below them what it made of them: the rate, and the probability where there is one.
/// </summary>
internal static class ReplayChart
{
    private const int Columns = 300;
    private const int LossRows = 7;
    private const int RateRows = 9;
    private const int ProbabilityRows = 5;
    private const double LogarithmicRatio = 100;
    private const double Outlier = 10;

    /// <summary>The figure; curves are thinned out to what a terminal can show.</summary>
    internal static ChartFigure Of(IReadOnlyList<DecisionRow> rows, IReadOnlyList<double> losses)
    {
        var panels = ImmutableArray.CreateBuilder<ChartPanel>();
        if (Losses(losses) is { } loss)
        {
            panels.Add(loss);
        }

        panels.Add(Rates(rows));
        if (Probabilities(rows) is { } probability)
        {
            panels.Add(probability);
        }

        return new ChartFigure("updates", Math.Max(losses.Count, rows.Count), ["losses"], panels.ToImmutable());
    }

    // The mean of each column, of the finite ones; what is far above the others ends at the top.
    private static ChartPanel? Losses(IReadOnlyList<double> losses)
    {
        var width = ((losses.Count - 1) / Columns) + 1;
        var points = losses.Index().Chunk(width)
            .Select(part => (
                X: part[0].Index + (0.5 * part.Length),
                Finite: part.Select(loss => loss.Item).Where(double.IsFinite).ToList()))
            .Where(part => part.Finite.Count > 0)
            .Select(part => (part.X, Y: part.Finite.Sum(loss => loss / part.Finite.Count)))
            .ToList();
        if (points.Count == 0)
        {
            return null;
        }

        var sorted = points.Select(point => point.Y).Order().ToList();
        var (low, usual, high) = (sorted[0], sorted[(sorted.Count - 1) * 9 / 10], sorted[^1]);
        high = high - low > Outlier * (usual - low) && usual > low ? usual : high;
        low = low >= 0 && low < 0.5 * high ? 0 : low;
        high = high > low ? high : low + Math.Max(Math.Abs(low), 1);
        var line = new PanelLine(0, [.. points.Select(point => (point.X, Math.Min(point.Y, high)))], IsStairs: false);
        return new ChartPanel("loss", LossRows, IsLogarithmic: false, low, high, [line]);
    }

    private static ChartPanel Rates(IReadOnlyList<DecisionRow> rows)
    {
        var width = ((rows.Count - 1) / Columns) + 1;
        var points = rows.Chunk(width).Select(part => ((double)part[0].Step - 1, part[0].LearningRate)).ToList();
        points.Add((rows[^1].Step, rows[^1].LearningRate));
        var high = points.Max(point => point.LearningRate);
        var low = points.Where(point => point.LearningRate > 0).Select(point => point.LearningRate).DefaultIfEmpty(1).Min();
        var isLogarithmic = high > low * LogarithmicRatio && points.TrueForAll(point => point.LearningRate > 0);
        return new ChartPanel(
            "learning rate",
            RateRows,
            isLogarithmic,
            isLogarithmic ? low : 0,
            high > 0 ? high : 1,
            [new PanelLine(0, [.. points], IsStairs: true)]);
    }

    private static ChartPanel? Probabilities(IReadOnlyList<DecisionRow> rows)
    {
        var known = rows.Where(row => row.Probability is not null && row.Phase == RunPhase.WarmUp).ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var width = ((known.Count - 1) / Columns) + 1;
        var points = known.Chunk(width).Select(part => ((double)part[0].Step, part[0].Probability ?? 0)).ToList();
        points.Add((known[^1].Step, known[^1].Probability ?? 0));
        return new ChartPanel("minimum past", ProbabilityRows, IsLogarithmic: false, 0, 1, [new PanelLine(0, [.. points], IsStairs: true)]);
    }
}
