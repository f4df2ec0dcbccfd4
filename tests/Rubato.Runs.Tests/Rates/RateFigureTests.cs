using Rubato.Runs.Rates;

namespace Rubato.Runs.Tests.Rates;

public sealed class RateFigureTests
{
    [Fact]
    public void Of_OneRun_TwoLogarithmicPanels()
    {
        var figure = Figure(RateCurve.Of(SampleRuns.Halving(21), "a"));
        Assert.Equal(2100, figure.End);
        Assert.Equal(["a"], figure.Names);
        Assert.Equal(["learning rate", "effective rate"], figure.Panels.Select(panel => panel.Title));
        Assert.All(figure.Panels, panel => Assert.Equal((false, true), (panel.IsOfExponents, panel.IsLogarithmic)));
        Assert.Equal([(0, 0.5), (2100, 0.5)], figure.Panels[0].Lines[0].Points);
        Assert.True(figure.Panels[0].Lines[0].IsStairs);

        // Each at its update's beginning.
        Assert.Equal([(0, 1), (1000, 0.5), (2000, 0.25), (2100, 0.25)], figure.Panels[1].Lines[0].Points);
        Assert.False(figure.Panels[1].Lines[0].IsStairs);
        Assert.Equal((0.25, 1), (figure.Panels[1].Low, figure.Panels[1].High));
        Assert.Equal(0.5, figure.Panels[0].High);
    }

    [Fact]
    public void Of_RunAndItsRewrite_OneLineEachInEveryPanelButTheExponents()
    {
        var figure = Figure(RateCurve.Of(SampleRuns.Halving(21), "a"), RateCurve.Of(SampleRuns.Growing(400), "b"));
        Assert.Equal(40_000, figure.End);
        Assert.Equal(["learning rate", "exponential rate", "effective rate"], figure.Panels.Select(panel => panel.Title));
        Assert.Equal(["0 1", "1", "0 1"], figure.Panels.Select(panel => string.Join(' ', panel.Lines.Select(line => line.Index))));

        // 10^399, which no double holds.
        Assert.True(figure.Panels[1].IsOfExponents);
        Assert.Equal((0, 399), (figure.Panels[1].Low, figure.Panels[1].High));
        Assert.Equal((40_000, 399), figure.Panels[1].Lines[0].Points[^1]);
    }

    [Fact]
    public void Of_RateThatFallsToZero_LiesAtTheAxisBeginning()
    {
        var figure = Figure(RateCurve.Of([.. SampleRuns.Halving(100).Select(update => update with { LearningRate = update.Step == 100 ? 0 : 0.1 })], "a"));
        Assert.Equal((0.01, 0.1), (Math.Round(figure.Panels[0].Low, 12), figure.Panels[0].High));
        Assert.Equal((9900, figure.Panels[0].Low), figure.Panels[0].Lines[0].Points[^2]);
    }

    [Fact]
    public void Of_RatesOfZero_AxisFromZero()
    {
        var figure = Figure(RateCurve.Of([.. SampleRuns.Halving(21, 0).Select(update => update with { LearningRate = 0 })], "a"));
        Assert.All(figure.Panels, panel => Assert.Equal((false, 0, 1), (panel.IsLogarithmic, panel.Low, panel.High)));
        Assert.All(figure.Panels, panel => Assert.All(panel.Lines[0].Points, point => Assert.Equal(0, point.Y)));
        Assert.StartsWith("<?xml", RateChart.Svg(figure), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneMeasurement_ALineToBeSeen() =>
        Assert.Equal([(0, 1), (500, 1)], Figure(RateCurve.Of(SampleRuns.Halving(5), "a")).Panels[1].Lines[0].Points);

    [Fact]
    public void Of_ManyUpdates_ThinnedOutWithTheFirstAndTheLast()
    {
        var figure = Figure(RateCurve.Of([.. SampleRuns.Growing(100_000).Select(update => update with { EffectiveRate = 1 + (0.5 * Math.Sin(update.Step)) })], "a"));
        Assert.All(figure.Panels.Skip(1), panel => Assert.InRange(panel.Lines[0].Points.Length, 500, 6001));
        Assert.All(figure.Panels, panel => Assert.Equal(0, panel.Lines[0].Points[0].X));
        Assert.Equal((1e7, 99_999), figure.Panels[1].Lines[0].Points[^1]);
        Assert.InRange(figure.Panels[2].High, 1.4999, 1.5);
    }

    private static RateFigure Figure(params RateCurve[] runs) => RateFigure.Of(RateCurves.Of(runs));
}
