using System.Globalization;
using System.Security;
using OxyPlot;
using OxyPlot.Axes;

namespace Rubato.Runs.Charts;

/// <summary>What drawings of every kind have in common: colours, letters, axes, legend, and how a model becomes an SVG document.</summary>
internal static class ChartPaper
{
    private const double Width = 960;
    private const double Frame = 80;
    private const double TitleLine = 26;
    private const double LegendLine = 22;
    private const double LegendLeft = 96;
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

    private static readonly OxyColor Grid = OxyColor.FromRgb(0xE6, 0xE6, 0xE6);

    /// <summary>The colour of letters and axes.</summary>
    internal static OxyColor Ink { get; } = OxyColor.FromRgb(0x33, 0x33, 0x33);

    /// <summary>The colour of a line.</summary>
    /// <param name="index">Its place in the legend.</param>
    internal static OxyColor ColorOf(int index) => Colors[index % Colors.Length];

    /// <summary>An empty drawing.</summary>
    internal static PlotModel Model() => new()
    {
        Background = OxyColors.White,
        DefaultFont = Font,
        DefaultFontSize = FontSize,
        TextColor = Ink,
        PlotAreaBorderThickness = new OxyThickness(0),
        Padding = new OxyThickness(12, 12, 28, 12),
        PlotMargins = new OxyThickness(LegendLeft - 12, double.NaN, double.NaN, double.NaN),
    };

    /// <summary>Makes an axis the one below all panels.</summary>
    internal static Axis Bottom(Axis axis, string title)
    {
        axis.Position = AxisPosition.Bottom;
        axis.Title = title;
        axis.AxisTitleDistance = 12;
        return Styled(axis);
    }

    /// <summary>Makes an axis that of a panel, between two shares of the drawing's height.</summary>
    internal static Axis Left(Axis axis, string key, string title, double bottom, double top)
    {
        axis.Position = AxisPosition.Left;
        axis.Key = key;
        axis.Title = title;
        axis.StartPosition = bottom;
        axis.EndPosition = top;
        axis.IntervalLength = 40;
        axis.AxisTitleDistance = 24;
        return Styled(axis);
    }

    /// <summary>Draws.</summary>
    /// <param name="drawing">What to draw.</param>
    /// <param name="title">What it shows: in its first line, and for readers that do not see it.</param>
    /// <param name="names">The legend, above it.</param>
    /// <param name="panels">The height of all panels.</param>
    /// <returns>An SVG document; equal drawings give equal bytes.</returns>
    internal static string Svg(PlotModel drawing, string title, IReadOnlyList<string> names, double panels)
    {
        var head = TitleLine + (LegendLine * names.Count);
        var height = head + panels + Frame;
        using var svg = new MemoryStream();
        using (var context = new SvgRenderContext(
            svg,
            Width,
            height,
            isDocument: true,
            new PdfRenderContext(Width, Width, OxyColors.White),
            OxyColors.White,
            useVerticalTextAlignmentWorkaround: true))
        {
            IPlotModel model = drawing;
            model.Update(updateData: true);
            model.Render(context, new OxyRect(0, head, Width, panels + Frame));
            DrawText(context, title, LegendLeft, 10 + (TitleLine / 2), FontWeights.Bold);
            DrawLegend(context, names);
            context.Complete();
            context.Flush();
        }

        // The reader leaves the byte-order mark out.
        svg.Position = 0;
        using var reader = new StreamReader(svg);
        return WithHead(reader.ReadToEnd(), title, height);
    }

    private static Axis Styled(Axis axis)
    {
        axis.LabelFormatter = PlanLabels.Value;
        axis.AxislineStyle = LineStyle.Solid;
        axis.AxislineColor = Ink;
        axis.TicklineColor = Ink;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = Grid;
        axis.MinorTickSize = 0;
        return axis;
    }

    // Without the box a page that shows the drawing smaller would cut it off.
    private static string WithHead(string svg, string title, double height)
    {
        var begin = svg.IndexOf("<svg ", StringComparison.Ordinal);
        var end = svg.IndexOf('>', begin);
        var box = string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" ");
        var words = $"<title>{SecurityElement.Escape(title)}</title>";
        return $"{svg[..begin]}{box}{svg[(begin + "<svg ".Length)..(end + 1)]}{words}{svg[(end + 1)..]}";
    }

    // The library's own legend cuts long texts off.
    private static void DrawLegend(SvgRenderContext context, IReadOnlyList<string> names)
    {
        foreach (var (index, name) in names.Index())
        {
            var y = 10 + TitleLine + (LegendLine * (index + 0.5));
            context.DrawLine(
                [new ScreenPoint(LegendLeft, y), new ScreenPoint(LegendLeft + 24, y)],
                ColorOf(index),
                3,
                EdgeRenderingMode.Automatic,
                dashArray: null,
                LineJoin.Miter);
            DrawText(context, name, LegendLeft + 32, y, FontWeights.Normal);
        }
    }

    private static void DrawText(SvgRenderContext context, string text, double x, double y, double weight) => context.DrawText(
        new ScreenPoint(x, y),
        text,
        Ink,
        Font,
        FontSize,
        weight,
        rotate: 0,
        HorizontalAlignment.Left,
        VerticalAlignment.Middle,
        maxSize: null);
}
