using Rubato.Runs.Charts;

namespace Rubato.Runs.Tests.Charts;

public sealed class ExponentPanelTests
{
    private static readonly PanelLine Growing = Line(0, 0, 10, 10);

    [Fact]
    public void Of_GrowingRate_FromItsLowestToItsHighest()
    {
        var panel = ExponentPanel.Of([Growing], []);

        Assert.Equal((PlanQuantity.ExponentialRate, false, true, 0, 10), (panel.Quantity, panel.IsLogarithmic, panel.IsOfExponents, panel.Low, panel.High));
        Assert.Equal([(0, 0), (10, 10)], panel.Lines.Single().Points);
    }

    // It takes 5 of 15, and 6 of 16, which is more than a third.
    [Theory]
    [InlineData(1e-5, 2, -5)]
    [InlineData(1e-6, 1, 0)]
    public void Of_LearningRate_BesideItUpToAThird(double rate, int lines, double low)
    {
        var panel = ExponentPanel.Of([Growing], [Line(0, rate, 10, rate)]);

        Assert.Equal((lines, low), (panel.Lines.Length, panel.Low));
    }

    // A rate that falls to 0 in the last hundredth takes nothing of the panel; in the last tenth it does.
    [Theory]
    [InlineData(9.9, -20, 0)]
    [InlineData(9, -20, -20)]
    [InlineData(9.9, -4, -4)]
    [InlineData(9.9, double.NegativeInfinity, 0)]
    public void Of_RateThatFallsAtTheEnd_BelowTheAxisWhereThatGainsRoom(double from, double value, double low)
    {
        var panel = ExponentPanel.Of([Line(0, 0, 5, 10, from, value, 10, value)], []);

        Assert.Equal((low, 10), (panel.Low, panel.High));
        Assert.Equal(low, panel.Lines[0].Points[^1].Y);
    }

    [Theory]
    [InlineData(3, 2, 3)]
    [InlineData(double.NegativeInfinity, -1, 0)]
    public void Of_RateThatNeverChanges_AnAxisAllTheSame(double value, double low, double high)
    {
        var panel = ExponentPanel.Of([Line(0, value, 10, value)], []);

        Assert.Equal((low, high), (panel.Low, panel.High));
    }

    private static PanelLine Line(params double[] points) => new(0, [.. points.Chunk(2).Select(point => (point[0], point[1]))], IsStairs: true);
}
