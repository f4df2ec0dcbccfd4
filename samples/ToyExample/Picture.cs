using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Samples.ToyExample;

/// <summary>The error of the three forms over the updates, both logarithmic: the mean of nearby updates as a line, their least and largest as a band.</summary>
public static class Picture
{
    private const double Width = 960;
    private const double Height = 500;
    private const double FontSize = 13;
    private const string Font = "Helvetica, Arial, sans-serif";
    private const int GroupsPerDecade = 40;

    private static readonly OxyColor Ink = OxyColor.FromRgb(0x33, 0x33, 0x33);

    // Okabe and Ito, "Color Universal Design", 2008: told apart by colour-blind readers too.
    private static readonly OxyColor[] Colors = [OxyColor.FromRgb(0x00, 0x72, 0xB2), OxyColor.FromRgb(0x00, 0x9E, 0x73), OxyColor.FromRgb(0xD5, 0x5E, 0x00)];

    /// <summary>An SVG document.</summary>
    public static string Svg(Trial trial)
    {
        var model = Paper(trial);
        var labels = new List<(double Error, string Text, OxyColor Color)>();
        foreach (var (index, form) in Form.All.Index())
        {
            var groups = Groups(trial.Errors(form).ToArray());
            model.Series.Add(Band(groups, Colors[index]));
            model.Series.Add(Line(groups, Colors[index]));
            labels.Add((groups[^1].Mean, form.Name, Colors[index]));
        }

        var floor = new Claim(trial.Settings).Floor;
        if (floor > 0)
        {
            model.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Horizontal, Y = floor, Color = Ink, LineStyle = LineStyle.Dash, StrokeThickness = 1 });
            labels.Add((floor, "arccos(1 - lr wd) / (2π)", Ink));
        }

        return Render(model, labels);
    }

    /// <summary>Errors in groups of about equal width on a logarithmic axis, of at least one update each.</summary>
    public static IReadOnlyList<(double Update, double Least, double Mean, double Largest)> Groups(double[] errors)
    {
        var groups = new List<(double, double, double, double)>();
        var width = Math.Pow(10, 1.0 / GroupsPerDecade);
        for (var first = 1; first <= errors.Length;)
        {
            var next = Math.Min(Math.Max(first + 1, (int)(first * width)), errors.Length + 1);
            var group = errors[(first - 1)..(next - 1)];
            groups.Add((Math.Sqrt((double)first * (next - 1)), group.Min(), group.Average(), group.Max()));
            first = next;
        }

        return groups;
    }

    private static PlotModel Paper(Trial trial)
    {
        var settings = trial.Settings;
        var model = new PlotModel
        {
            Background = OxyColors.White,
            DefaultFont = Font,
            DefaultFontSize = FontSize,
            TextColor = Ink,
            Title = $"Training error of a last layer: {settings.Features} features, batches of {settings.BatchSize}, lr {settings.LearningRate}, wd {settings.WeightDecay}",
            TitleFontSize = 14,
            TitleFontWeight = FontWeights.Normal,
            PlotAreaBorderThickness = new OxyThickness(0),
            PlotMargins = new OxyThickness(76, double.NaN, 160, double.NaN),
        };
        model.Axes.Add(Axis(AxisPosition.Bottom, "update", 1, settings.Updates));
        model.Axes.Add(Axis(AxisPosition.Left, "training error", Form.All.Min(form => Least(trial.Errors(form))), 0.5));
        return model;
    }

    private static double Least(ReadOnlySpan<double> errors)
    {
        var least = errors[0];
        foreach (var error in errors)
        {
            least = Math.Min(least, error);
        }

        return least;
    }

    private static LogarithmicAxis Axis(AxisPosition position, string title, double low, double high) => new()
    {
        Position = position,
        Title = title,
        Minimum = low,
        Maximum = high,
        AxisTitleDistance = 14,
        AxislineStyle = LineStyle.Solid,
        AxislineColor = Ink,
        TicklineColor = Ink,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = OxyColor.FromRgb(0xE6, 0xE6, 0xE6),
        LabelFormatter = value => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    private static AreaSeries Band(IReadOnlyList<(double Update, double Least, double Mean, double Largest)> groups, OxyColor color)
    {
        var band = new AreaSeries { Color = OxyColors.Transparent, Color2 = OxyColors.Transparent, Fill = OxyColor.FromAColor(0x38, color) };
        band.Points.AddRange(groups.Select(group => new DataPoint(group.Update, group.Largest)));
        band.Points2.AddRange(groups.Select(group => new DataPoint(group.Update, group.Least)));
        return band;
    }

    private static LineSeries Line(IReadOnlyList<(double Update, double Least, double Mean, double Largest)> groups, OxyColor color)
    {
        var line = new LineSeries { Color = color, StrokeThickness = 2 };
        line.Points.AddRange(groups.Select(group => new DataPoint(group.Update, group.Mean)));
        return line;
    }

    // Lines have their names beside their ends, where a legend would have to be looked up; the library draws no annotation outside of the axes.
    private static string Render(PlotModel model, IEnumerable<(double Error, string Text, OxyColor Color)> labels)
    {
        using var svg = new MemoryStream();
        using (var context = new SvgRenderContext(
            svg, Width, Height, isDocument: true, new PdfRenderContext(Width, Height, OxyColors.White), OxyColors.White, useVerticalTextAlignmentWorkaround: true))
        {
            IPlotModel drawing = model;
            drawing.Update(updateData: true);
            drawing.Render(context, new OxyRect(0, 0, Width, Height));
            foreach (var (error, text, color) in labels)
            {
                var place = new ScreenPoint(model.PlotArea.Right + 10, model.Axes[1].Transform(error));
                context.DrawText(place, text, color, Font, FontSize, FontWeights.Normal, rotate: 0, HorizontalAlignment.Left, VerticalAlignment.Middle, maxSize: null);
            }

            context.Complete();
            context.Flush();
        }

        // The reader leaves the byte-order mark out; without a view box a page that shows the picture smaller would cut it off.
        svg.Position = 0;
        using var reader = new StreamReader(svg);
        return reader.ReadToEnd().Replace("<svg ", string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" "), StringComparison.Ordinal);
    }
}
