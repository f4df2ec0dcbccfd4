using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Rubato.Runs.Files;

namespace Rubato.Runs.Charts;

/// <summary>Draws plans as a vector graphic: a panel a quantity, one above the other over a shared axis. Equal figures give equal bytes.</summary>
public static class PlanChart
{
    private const double FirstPanel = 320;
    private const double OtherPanel = 130;
    private const double Gap = 24;
    private const double Thinnest = 2;
    private const double Thickening = 2;

    /// <summary>Draws a figure into a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="figure">What to draw.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, PlanFigure figure)
    {
        var svg = Encoding.UTF8.GetBytes(Svg(figure));
        AtomicFile.Write(path, stream => stream.Write(svg));
    }

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(PlanFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var panels = figure.Panels.Sum(Height) + (Gap * (figure.Panels.Length - 1));
        return ChartPaper.Svg(Model(figure, panels), figure.Names, panels);
    }

    private static PlotModel Model(PlanFigure figure, double panels)
    {
        var model = ChartPaper.Model();
        model.Axes.Add(ChartPaper.Bottom(new LinearAxis { Minimum = 0, Maximum = figure.End }, PlanLabels.Of(figure.Axis)));
        var top = 1.0;
        foreach (var panel in figure.Panels)
        {
            var height = Height(panel) / panels;
            var key = PlanLabels.Of(panel.Quantity);
            model.Axes.Add(ValueAxis(panel, key, Math.Max(top - height, 0), top));
            foreach (var line in panel.Lines)
            {
                model.Series.Add(Series(line, panel, key, figure.Names.Length));
            }

            top -= height + (Gap / panels);
        }

        return model;
    }

    private static double Height(PlanPanel panel) => panel.Quantity is PlanQuantity.LearningRate or PlanQuantity.ExponentialRate ? FirstPanel : OtherPanel;

    private static Axis ValueAxis(PlanPanel panel, string key, double bottom, double top)
    {
        // Room for the line's own thickness at the top and bottom of the panel.
        var margin = 0.03;
        Axis axis = panel.IsLogarithmic
            ? new LogarithmicAxis { Minimum = panel.Low * Math.Pow(panel.High / panel.Low, -margin), Maximum = panel.High * Math.Pow(panel.High / panel.Low, margin) }
            : new LinearAxis { Minimum = panel.Low - (margin * (panel.High - panel.Low)), Maximum = panel.High + (margin * (panel.High - panel.Low)) };
        var styled = ChartPaper.Left(axis, key, Title(panel.Quantity), bottom, top);
        styled.LabelFormatter = value => PlanLabels.OfAxis(value, panel.IsOfExponents);
        return styled;
    }

    // A title that is longer than its panel is high would run into the next one's.
    private static string Title(PlanQuantity quantity) => quantity switch
    {
        PlanQuantity.BatchSize => "batch size (samples)",
        PlanQuantity.SmallBatchNoise => "noise (small batch)",
        _ => PlanLabels.Of(quantity),
    };

    private static LineSeries Series(PanelLine line, PlanPanel panel, string key, int names)
    {
        // Thinner from one to the next, so that lines which run together are all seen.
        var thickness = Thinnest + (Thickening * (names - 1 - line.Index) / Math.Max(names - 1, 1));
        var series = new LineSeries
        {
            YAxisKey = key,
            Color = ChartPaper.ColorOf(line.Index),
            StrokeThickness = thickness,
            LineJoin = LineJoin.Round,
            // Leaving out close points would slant the edges of stairs.
            MinimumSegmentLength = 0,
        };
        for (var i = 0; i < line.Points.Length; i++)
        {
            if (i > 0 && line.IsStairs)
            {
                series.Points.Add(Point(line.Points[i].X, line.Points[i - 1].Y, panel));
            }

            series.Points.Add(Point(line.Points[i].X, line.Points[i].Y, panel));
        }

        return series;
    }

    // A logarithmic axis has no place for 0.
    private static DataPoint Point(double x, double y, PlanPanel panel) => new(x, panel.IsLogarithmic ? Math.Max(y, panel.Low) : y);
}
