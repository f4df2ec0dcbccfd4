using System.Collections.Immutable;
using Rubato.Runs.Charts;
using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Display;

/// <summary>A range test as a figure for the terminal: losses over rates, the accuracy below, and the answer between both.</summary>
internal static class FindChart
{
    private const int LossRows = 11;
    private const int AccuracyRows = 5;
    private const int MostDots = 160;

    /// <summary>The figure of a range test that is over; the answer is that of the variant to train with.</summary>
    internal static ChartFigure Of(RangeFigure figure, RangeTestReport report) => Of(figure) with { Marks = Marks(figure, report) };

    /// <summary>The figure without an answer.</summary>
    internal static ChartFigure Of(RangeFigure figure)
    {
        var isOne = figure.Variants.Length == 1;
        var panels = ImmutableArray.CreateBuilder<ChartPanel>();
        var losses = figure.Variants.SelectMany((variant, index) => isOne
            ? Band(variant).Append(Line(0, variant.Smoothed))
            : [Line(index, variant.Smoothed)]);
        var dots = isOne ? figure.Variants[0].Losses : [];
        var every = ((dots.Length - 1) / MostDots) + 1;
        ImmutableArray<PanelLine> drawn = [.. losses.Where(line => line.Points.Length > 0)];
        panels.Add(new ChartPanel("loss", LossRows, IsLogarithmic: false, figure.LossLow, figure.LossHigh, drawn)
        {
            Dots = [.. dots.Where((_, i) => i % every == 0)],
        });
        if (figure.AccuracyAxis is var (low, high))
        {
            var lines = figure.Variants.Select((variant, index) => Line(index, variant.Accuracy)).Where(line => line.Points.Length > 0);
            panels.Add(new ChartPanel("accuracy", AccuracyRows, IsLogarithmic: false, low, high, [.. lines])
            {
                Dots = isOne ? figure.Variants[0].Accuracy : [],
            });
        }

        return new ChartFigure("learning rate", figure.End, [.. figure.Variants.Select(variant => variant.Name)], panels.ToImmutable())
        {
            Start = figure.Start,
            IsLogarithmic = figure.IsLogarithmic,
        };
    }

    private static IEnumerable<PanelLine> Band(RangeFigureVariant variant) => [Line(1, variant.Lowest), Line(1, variant.Highest)];

    private static PanelLine Line(int index, ImmutableArray<(double X, double Y)> points) => new(index, points, IsStairs: false);

    private static ImmutableArray<ChartMark> Marks(RangeFigure figure, RangeTestReport report) =>
        report.Best.Suggestion.Range is not { } range ? [] :
        [
            .. new[]
            {
                new ChartMark(range.BaseLr, $"base {RateText.Of(range.BaseLr)}", IsNameBefore: true),
                new ChartMark(range.MaxLr, $"max {RateText.Of(range.MaxLr)}", IsNameBefore: false),
            }.Where(mark => mark.X >= figure.Start && mark.X <= figure.End),
        ];
}
