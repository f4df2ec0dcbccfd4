using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;
using Rubato.Runs.Charts;
using Rubato.Runs.Files;

namespace Rubato.Runs.RangeTests;

/// <summary>
/// Draws range tests as a vector graphic: the losses as faint dots, the smoothed loss as a line, the band of several runs, and the accuracy
/// below, over a shared axis of rates; the answer as vertical lines. Equal figures give equal bytes.
/// </summary>
public static class RangeChart
{
    private const double LossPanel = 340;
    private const double AccuracyPanel = 150;
    private const double Gap = 24;
    private const int MostDots = 1500;
    private const string Loss = "loss";
    private const string Accuracy = "accuracy";

    /// <summary>Draws a figure into a file, which is seen whole or not at all.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="figure">What to draw.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RangeFigure figure) => TextFile.Write(path, Svg(figure));

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">What to draw.</param>
    /// <returns>An SVG document.</returns>
    public static string Svg(RangeFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var hasAccuracy = figure.AccuracyAxis is not null;
        var panels = LossPanel + (hasAccuracy ? AccuracyPanel + Gap : 0);
        var model = ChartPaper.Model();
        Axis rates = figure.IsLogarithmic
            ? new LogarithmicAxis { Minimum = figure.Start, Maximum = figure.End }
            : new LinearAxis { Minimum = figure.Start, Maximum = figure.End };
        model.Axes.Add(ChartPaper.Bottom(rates, "learning rate"));
        var losses = new LinearAxis { Minimum = figure.LossLow, Maximum = figure.LossHigh };
        model.Axes.Add(ChartPaper.Left(losses, Loss, Loss, 1 - (LossPanel / panels), 1));
        if (figure.AccuracyAxis is var (low, high))
        {
            var shares = new LinearAxis { Minimum = low, Maximum = high };
            model.Axes.Add(ChartPaper.Left(shares, Accuracy, Accuracy, 0, AccuracyPanel / panels));
        }

        // Dots below lines, whatever variant they belong to.
        foreach (var (index, variant) in figure.Variants.Index())
        {
            AddDots(model, variant, index);
        }

        foreach (var (index, variant) in figure.Variants.Index())
        {
            AddLines(model, variant, index, figure.Variants.Length);
            AddAnswer(model, figure, variant, index);
        }

        var names = figure.Variants.Length > 1 ? figure.Variants.Select(variant => variant.Name).ToArray() : [];
        return ChartPaper.Svg(model, figure.Title, names, panels);
    }

    private static void AddDots(PlotModel model, RangeFigureVariant variant, int index)
    {
        var every = ((variant.Losses.Length - 1) / MostDots) + 1;
        var dots = new ScatterSeries
        {
            YAxisKey = Loss,
            MarkerType = MarkerType.Circle,
            MarkerSize = 2,
            MarkerFill = OxyColor.FromAColor(100, ChartPaper.ColorOf(index)),
        };
        dots.Points.AddRange(variant.Losses.Where((_, i) => i % every == 0).Select(point => new ScatterPoint(point.X, point.Y)));
        model.Series.Add(dots);
    }

    private static void AddLines(PlotModel model, RangeFigureVariant variant, int index, int variants)
    {
        var (color, thickness) = (ChartPaper.ColorOf(index), PanelDrawing.Thickness(index, variants));
        if (!variant.Lowest.IsEmpty)
        {
            var band = new AreaSeries
            {
                YAxisKey = Loss,
                Color = OxyColors.Transparent,
                Color2 = OxyColors.Transparent,
                Fill = OxyColor.FromAColor(50, color),
            };
            band.Points.AddRange(variant.Lowest.Select(point => new DataPoint(point.X, point.Y)));
            band.Points2.AddRange(variant.Highest.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(band);
        }

        var line = new LineSeries { YAxisKey = Loss, Color = color, StrokeThickness = thickness, LineJoin = LineJoin.Round };
        line.Points.AddRange(variant.Smoothed.Select(point => new DataPoint(point.X, point.Y)));
        model.Series.Add(line);
        if (!variant.Accuracy.IsEmpty)
        {
            var accuracy = new LineSeries
            {
                YAxisKey = Accuracy,
                Color = color,
                StrokeThickness = thickness,
                LineJoin = LineJoin.Round,
                MarkerType = MarkerType.Circle,
                MarkerSize = 2.5,
                MarkerFill = color,
            };
            accuracy.Points.AddRange(variant.Accuracy.Select(point => new DataPoint(point.X, point.Y)));
            model.Series.Add(accuracy);
        }
    }

    // Of several variants the maximum only: their bases would be taken for each other's.
    private static void AddAnswer(PlotModel model, RangeFigure figure, RangeFigureVariant variant, int index)
    {
        if (variant.Range is not { } range)
        {
            return;
        }

        var isOnly = figure.Variants.Length == 1;
        if (isOnly)
        {
            AddAnswer(model, figure, range.BaseLr, "base", 0, ChartPaper.Ink, HorizontalAlignment.Right);
        }

        var (row, color) = isOnly ? (0, ChartPaper.Ink) : (index, ChartPaper.ColorOf(index));
        AddAnswer(model, figure, range.MaxLr, "max", row, color, HorizontalAlignment.Left);
    }

    private static void AddAnswer(
        PlotModel model, RangeFigure figure, double rate, string word, int row, OxyColor color, HorizontalAlignment side)
    {
        if (rate < figure.Start || rate > figure.End)
        {
            return;
        }

        foreach (var key in figure.AccuracyAxis is null ? (string[])[Loss] : [Loss, Accuracy])
        {
            model.Annotations.Add(new LineAnnotation
            {
                Type = LineAnnotationType.Vertical,
                X = rate,
                YAxisKey = key,
                Color = color,
                StrokeThickness = 1.5,
                LineStyle = LineStyle.Dash,
            });
        }

        model.Annotations.Add(new TextAnnotation
        {
            Text = $"{word} {RateText.Of(rate)}",
            TextPosition = new DataPoint(rate, figure.LossHigh - ((0.01 + (0.055 * row)) * (figure.LossHigh - figure.LossLow))),
            Offset = new ScreenVector(side == HorizontalAlignment.Left ? 5 : -5, 0),
            TextHorizontalAlignment = side,
            TextVerticalAlignment = VerticalAlignment.Top,
            TextColor = color,
            YAxisKey = Loss,
            StrokeThickness = 0,
        });
    }
}
