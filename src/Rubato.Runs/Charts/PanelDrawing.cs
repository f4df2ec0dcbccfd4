using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Rubato.Runs.Charts;

/// <summary>Panels of lines as vector graphics.</summary>
internal static class PanelDrawing
{
    private const double Thinnest = 2;
    private const double Thickening = 2;
    private const double Thickest = 10;

    // Room for the line's own thickness at the top and bottom of the panel.
    private const double Margin = 0.03;

    /// <summary>The values' axis.</summary>
    /// <param name="low">Where it begins; above 0 where it is logarithmic.</param>
    /// <param name="high">Where it ends.</param>
    /// <param name="isLogarithmic">Whether equal distances are equal ratios.</param>
    internal static Axis Axis(double low, double high, bool isLogarithmic) => isLogarithmic
        ? new LogarithmicAxis { Minimum = low * Math.Pow(high / low, -Margin), Maximum = high * Math.Pow(high / low, Margin) }
        : new LinearAxis { Minimum = low - (Margin * (high - low)), Maximum = high + (Margin * (high - low)) };

    /// <summary>
    /// How thick a line is, in pixels: so much thicker than the next one, which is drawn over it, that it shows on either side of it.
    /// </summary>
    /// <param name="index">Its place in the legend.</param>
    /// <param name="names">How many lines the legend names: the last of them is the thinnest.</param>
    internal static double Thickness(int index, int names) =>
        Thinnest + (Math.Min(Thickening, (Thickest - Thinnest) / Math.Max(names - 1, 1)) * Math.Max(names - 1 - index, 0));

    /// <summary>A line, thinner from one to the next, so that lines which run together are all seen.</summary>
    /// <param name="line">The line.</param>
    /// <param name="key">The key of its axis.</param>
    /// <param name="names">How many lines the legend names: the last of them is the thinnest.</param>
    /// <param name="floor">What lower values are drawn as.</param>
    internal static LineSeries Series(PanelLine line, string key, int names, double floor)
    {
        var series = new LineSeries
        {
            YAxisKey = key,
            Color = ChartPaper.ColorOf(line.Index),
            StrokeThickness = Thickness(line.Index, names),
            LineJoin = LineJoin.Round,

            // Leaving out close points would slant the edges of stairs.
            MinimumSegmentLength = 0,
        };
        for (var i = 0; i < line.Points.Length; i++)
        {
            if (i > 0 && line.IsStairs)
            {
                series.Points.Add(new DataPoint(line.Points[i].X, Math.Max(line.Points[i - 1].Y, floor)));
            }

            series.Points.Add(new DataPoint(line.Points[i].X, Math.Max(line.Points[i].Y, floor)));
        }

        return series;
    }
}
