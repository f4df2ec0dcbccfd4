using System.Collections.Immutable;
using Rubato.Runs.Charts;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>
/// A verification as a figure for the terminal: over the updates, on a logarithmic axis, how far the rewritten run is away, what rounding
/// alone does, and what is allowed.
/// </summary>
internal static class VerifyChart
{
    private const int Rows = 15;
    private const int MostPoints = 300;

    /// <summary>The figure; null where there are not two points to draw a line between.</summary>
    internal static ChartFigure? Of(VerificationOutcome outcome)
    {
        var differences = Points(outcome, point => point.FunctionDifference);
        var rounding = Points(outcome, point => point.Rounding);
        if (differences.Length < 2 && rounding.Length < 2)
        {
            return null;
        }

        var (tolerance, end) = (outcome.Description.Tolerance, outcome.Points[^1].Update);
        var values = differences.Concat(rounding).Select(point => point.Y).Append(tolerance).ToList();
        var (low, high) = (values.Min(), values.Max());
        return new ChartFigure(
            "updates",
            end,
            ["largest difference of any output", "what rounding alone does", "what is allowed"],
            [
                new ChartPanel("difference", Rows, IsLogarithmic: true, low, high > low ? high : 2 * low,
                [
                    new PanelLine(0, differences, IsStairs: false),
                    new PanelLine(1, rounding, IsStairs: false),
                    new PanelLine(2, [(0, tolerance), (end, tolerance)], IsStairs: false),
                ]),
            ]);
    }

    // A logarithmic axis has no place for 0.
    private static ImmutableArray<(double X, double Y)> Points(VerificationOutcome outcome, Func<VerifiedPoint, double> valueOf)
    {
        var every = ((outcome.Points.Length - 1) / MostPoints) + 1;
        return
        [
            .. outcome.Points.Where((_, i) => (outcome.Points.Length - 1 - i) % every == 0)
                .Select(point => ((double)point.Update, Y: valueOf(point)))
                .Where(point => point.Y > 0 && double.IsFinite(point.Y)),
        ];
    }
}
