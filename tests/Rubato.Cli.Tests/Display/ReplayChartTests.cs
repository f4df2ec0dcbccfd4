using Rubato.Cli.Display;
using Rubato.Runs.Plans;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Display;

public sealed class ReplayChartTests
{
    [Fact]
    public void Of_FewLosses_EachInTheMiddleOfItsUpdate()
    {
        var figure = Figure([2, 1, 3]);
        Assert.Equal(("updates", 3), (figure.Axis, figure.End));
        Assert.Equal(["loss", "learning rate"], figure.Panels.Select(panel => panel.Title));
        Assert.Equal([(0.5, 2.0), (1.5, 1.0), (2.5, 3.0)], figure.Panels[0].Lines.Single().Points);
        Assert.Equal((0, 3), (figure.Panels[0].Low, figure.Panels[0].High));
    }

    [Fact]
    public void Of_ManyLosses_TheMeanOfEachColumn()
    {
        var points = Figure([.. Enumerable.Range(0, 600).Select(update => update % 2 == 0 ? 1.0 : 3)]).Panels[0].Lines.Single().Points;
        Assert.Equal(300, points.Length);
        Assert.All(points, point => Assert.Equal(2, point.Y));
    }

    [Fact]
    public void Of_LossThatExplodes_EndsAtTheTop()
    {
        var panel = Figure([.. Enumerable.Range(0, 50).Select(update => 5 - (0.05 * update)), 1e30]).Panels[0];
        Assert.InRange(panel.High, 4, 5);
        Assert.Equal(panel.High, panel.Lines.Single().Points[^1].Y);
    }

    [Fact]
    public void Of_NoFiniteLoss_TheRateAlone() => Assert.Equal(["learning rate"], Figure([double.NaN, double.PositiveInfinity]).Panels.Select(panel => panel.Title));

    [Fact]
    public void Of_EqualLosses_AnAxisThatHasALength()
    {
        var panel = Figure([-2, -2]).Panels[0];
        Assert.True(panel.High > panel.Low);
    }

    [Fact]
    public void Of_Probabilities_OfTheWarmupOnly()
    {
        var figure = ReplayChart.Of(
            [new(1, 1e-5, RunPhase.WarmUp, null), new(2, 1e-3, RunPhase.WarmUp, 0.5), new(3, 0.1, RunPhase.WarmUp, 0.75), new(4, 0.1, RunPhase.Cooldown, 0.75)], [1, 2, 3]);
        var (rate, probability) = (figure.Panels[1], figure.Panels[2]);
        Assert.Equal((4, true, 1e-5, 0.1), (figure.End, rate.IsLogarithmic, rate.Low, rate.High));
        Assert.Equal([(2, 0.5), (3, 0.75), (3, 0.75)], probability.Lines.Single().Points);
        Assert.Equal((0, 1), (probability.Low, probability.High));
    }

    private static ChartFigure Figure(double[] losses) =>
        ReplayChart.Of([.. losses.Index().Select(loss => new DecisionRow(loss.Index + 1, 0.1, RunPhase.Plateau, null))], losses);
}
