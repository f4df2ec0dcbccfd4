using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RangeBandTests
{
    [Fact]
    public void Of_NoCurve_NoBand() => Assert.Null(RangeBand.Of([]));

    [Fact]
    public void Of_OneCurve_TheCurve()
    {
        var curve = Curve((0.1, 3), (0.2, 1), (0.3, 2));

        var band = RangeBand.Of([curve])!;

        Assert.Equal(curve.LearningRates, band.LearningRates);
        Assert.Equal(curve.Smoothed, band.Mean);
        Assert.Equal((0.2, 1.0), band.Lowest);
        Assert.Equal(1, band.Runs);
    }

    [Fact]
    public void Of_TwoCurves_MeanAndBoth()
    {
        var band = RangeBand.Of([Curve((0.01, 3), (1, 1)), Curve((0.01, 5), (1, 2))])!;

        Assert.Equal((0.01, 1), (band.LearningRates[0], band.LearningRates[^1]));
        var middle = band.LearningRates.Length / 2;
        Assert.Equal(0.1, band.LearningRates[middle], 1e-9);
        Assert.Equal((2.75, 2, 3.5), (Math.Round(band.Mean[middle], 9), Math.Round(band.Low[middle], 9), Math.Round(band.High[middle], 9)));
        Assert.Equal((1.5, 1, 2), (band.Mean[^1], band.Low[^1], band.High[^1]));
    }

    [Fact]
    public void Of_CurvesOfDifferentLengths_AsFarAsHalfOfThemGo()
    {
        var band = RangeBand.Of([Curve((0.01, 3), (0.1, 2), (1, 1)), Curve((0.01, 3), (0.1, 2)), Curve((0.01, 3), (0.02, 9))])!;

        Assert.Equal(0.1, band.LearningRates[^1]);
        Assert.Equal(2, band.Mean[^1]);
    }

    [Fact]
    public void Of_CurvesOfOneRate_ThatRate()
    {
        var band = RangeBand.Of([Curve((0.1, 3)), Curve((0.1, 1))])!;

        Assert.Equal([0.1], band.LearningRates);
        Assert.Equal([2.0], band.Mean);
    }

    [Fact]
    public void Of_CurvesWithoutACommonRate_WhereThereIsOne() => Assert.Equal([0.1, 1], RangeBand.Of([Curve((0.1, 3)), Curve((1, 1))])!.LearningRates);

    private static SmoothedCurve Curve(params (double Rate, double Loss)[] points) =>
        new([.. points.Select(point => point.Rate)], [.. points.Select(point => point.Loss)], [.. points.Select(point => point.Loss)], 0, HasRisen: false);
}
