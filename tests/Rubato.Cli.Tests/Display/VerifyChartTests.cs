using Rubato.Cli.Display;

namespace Rubato.Cli.Tests.Display;

public sealed class VerifyChartTests
{
    [Fact]
    public void Of_FewerThanTwoPoints_None()
    {
        Assert.Null(VerifyChart.Of(ScriptedVerify.Outcome()));
        Assert.Null(VerifyChart.Of(ScriptedVerify.Outcome((1e-14, 1e-13))));
        Assert.Null(VerifyChart.Of(ScriptedVerify.Outcome((0, double.NaN), (0, double.PositiveInfinity))));
    }

    [Fact]
    public void Of_ZerosAndWhatIsNotFinite_AreLeftOut()
    {
        var figure = VerifyChart.Of(ScriptedVerify.Outcome((0, 1e-13), (1e-14, 1e-12), (double.NaN, double.PositiveInfinity)));
        var panel = Assert.Single(figure!.Panels);

        Assert.Equal((1e-14, 1e-8, 30), (panel.Low, panel.High, figure.End));
        Assert.Equal([(20, 1e-14)], panel.Lines[0].Points);
        Assert.Equal([(10, 1e-13), (20, 1e-12)], panel.Lines[1].Points);
        Assert.Equal([(0, 1e-8), (30, 1e-8)], panel.Lines[2].Points);
        Assert.True(panel.IsLogarithmic);
    }

    [Fact]
    public void Of_MorePointsThanColumns_ThinnedOutToTheLast()
    {
        var figure = VerifyChart.Of(ScriptedVerify.Outcome([.. Enumerable.Repeat((1e-14, 1e-13), 1000)]));

        Assert.InRange(figure!.Panels[0].Lines[0].Points.Length, 200, 300);
        Assert.Equal(10_000, figure.Panels[0].Lines[0].Points[^1].X);
    }
}
