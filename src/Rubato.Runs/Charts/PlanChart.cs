using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Rubato.Runs.Files;

namespace Rubato.Runs.Charts;

/// <summary>Draws plans as a vector graphic: a panel a quantity, one above the other over a shared axis. Equal figures give equal bytes.</summary>
public static class PlanChart
{
    private const double Width = 960;
    private const double FirstPanel = 320;
    private const double OtherPanel = 130;
    private const double Gap = 24;
    private const double Frame = 80;
    private const double LegendLine = 22;
    private const double LegendLeft = 96;
    private const double Thinnest = 2;
    private const double Thickening = 2;
    private const double FontSize = 13;
    private const string Font = "Helvetica, Arial, sans-serif";

    // Okabe and Ito, "Color Universal Design", 2008: told apart by colour-blind readers too.
    private static readonly OxyColor[] Colors =
    [
        OxyColor.FromRgb(0x00, 0x72, 0xB2),
        OxyColor.FromRgb(0xD5, 0x5E, 0x00),
        OxyColor.FromRgb(0x00, 0x9E, 0x73),
        OxyColor.FromRgb(0xCC, 0x79, 0xA7),
        OxyColor.FromRgb(0xE6, 0x9F, 0x00),
        OxyColor.FromRgb(0x56, 0xB4, 0xE9),
    ];

    private static readonly OxyColor Ink = OxyColor.FromRgb(0x33, 0x33, 0x33);
    private static readonly OxyColor Grid = OxyColor.FromRgb(0xE6, 0xE6, 0xE6);

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
        var panels = FirstPanel + ((OtherPanel + Gap) * (figure.Panels.Length - 1));
        var legend = LegendLine * figure.Names.Length;
        using var svg = new MemoryStream();
        using (var context = new SvgRenderContext(
            svg, Width, panels + Frame + legend, isDocument: true, new PdfRenderContext(Width, Width, OxyColors.White), OxyColors.White, useVerticalTextAlignmentWorkaround: true))
        {
            IPlotModel model = Model(figure, panels);
            model.Update(updateData: true);
            model.Render(context, new OxyRect(0, legend, Width, panels + Frame));
            DrawLegend(context, figure);
            context.Complete();
            context.Flush();
        }

        // The reader leaves the byte-order mark out.
        svg.Position = 0;
        using var reader = new StreamReader(svg);
        return reader.ReadToEnd();
    }

    // The library's own legend cuts long texts off.
    private static void DrawLegend(SvgRenderContext context, PlanFigure figure)
    {
        foreach (var (index, name) in figure.Names.Index())
        {
            var y = 10 + (LegendLine * (index + 0.5));
            context.DrawLine([new ScreenPoint(LegendLeft, y), new ScreenPoint(LegendLeft + 24, y)], ColorOf(index), 3, EdgeRenderingMode.Automatic, dashArray: null, LineJoin.Miter);
            context.DrawText(new ScreenPoint(LegendLeft + 32, y), name, Ink, Font, FontSize, FontWeights.Normal, rotate: 0, HorizontalAlignment.Left, VerticalAlignment.Middle, maxSize: null);
        }
    }

    private static OxyColor ColorOf(int index) => Colors[index % Colors.Length];

    private static PlotModel Model(PlanFigure figure, double panels)
    {
        var model = new PlotModel
        {
            Background = OxyColors.White,
            DefaultFont = Font,
            DefaultFontSize = FontSize,
            TextColor = Ink,
            PlotAreaBorderThickness = new OxyThickness(0),
            Padding = new OxyThickness(12, 12, 28, 12),
            PlotMargins = new OxyThickness(LegendLeft - 12, double.NaN, double.NaN, double.NaN),
        };
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Minimum = 0,
            Maximum = figure.End,
            Title = PlanLabels.Of(figure.Axis),
            LabelFormatter = PlanLabels.Value,
            AxislineStyle = LineStyle.Solid,
            AxislineColor = Ink,
            TicklineColor = Ink,
            MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = Grid,
            MinorTickSize = 0,
            AxisTitleDistance = 12,
        });
        var top = 1.0;
        foreach (var (index, panel) in figure.Panels.Index())
        {
            var height = (index == 0 ? FirstPanel : OtherPanel) / panels;
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

    private static Axis ValueAxis(PlanPanel panel, string key, double bottom, double top)
    {
        // Room for the line's own thickness at the top and bottom of the panel.
        var margin = 0.03;
        Axis axis = panel.IsLogarithmic
            ? new LogarithmicAxis { Minimum = panel.Low * Math.Pow(panel.High / panel.Low, -margin), Maximum = panel.High * Math.Pow(panel.High / panel.Low, margin) }
            : new LinearAxis { Minimum = panel.Low - (margin * (panel.High - panel.Low)), Maximum = panel.High + (margin * (panel.High - panel.Low)) };
        axis.Position = AxisPosition.Left;
        axis.Key = key;
        axis.Title = panel.Quantity == PlanQuantity.BatchSize ? "batch size (samples)" : key;
        axis.StartPosition = bottom;
        axis.EndPosition = top;
        axis.LabelFormatter = PlanLabels.Value;
        axis.AxislineStyle = LineStyle.Solid;
        axis.AxislineColor = Ink;
        axis.TicklineColor = Ink;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = Grid;
        axis.MinorTickSize = 0;
        axis.IntervalLength = 40;
        axis.AxisTitleDistance = 24;
        return axis;
    }

    private static LineSeries Series(PanelLine line, PlanPanel panel, string key, int names)
    {
        // Thinner from one to the next, so that lines which run together are all seen.
        var thickness = Thinnest + (Thickening * (names - 1 - line.Index) / Math.Max(names - 1, 1));
        var series = new LineSeries
        {
            YAxisKey = key,
            Color = ColorOf(line.Index),
            StrokeThickness = thickness,
            LineJoin = LineJoin.Round,
            MinimumSegmentLength = 0.5,
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
