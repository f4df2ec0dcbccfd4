using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RangeFigureTests
{
    [Fact]
    public void Of_LossThatRisesFarAboveItsStart_TheFallAndTheBeginningOfTheRise()
    {
        var figure = Figure(SampleReports.Run());

        Assert.Equal((0.001, 10), (figure.Start, figure.End));
        Assert.InRange(figure.LossLow, 0.9, 1);
        Assert.InRange(figure.LossHigh, 2.3, 2.4);
        var line = figure.Variants[0].Smoothed;
        Assert.Equal((0.001, 2), line[0]);
        Assert.Equal(figure.LossHigh, line[^1].Y);
        Assert.InRange(line[^1].X, SampleReports.Rate(26), SampleReports.Rate(27));
        Assert.Equal(27, figure.Variants[0].Losses.Length);
    }

    [Fact]
    public void Of_OneRun_NoBand() => Assert.Empty(Figure(SampleReports.Run()).Variants[0].Lowest);

    [Fact]
    public void Of_TwoRuns_ABandAroundTheirMean()
    {
        var variant = Figure(SampleReports.Run(), SampleReports.Run(0.4)).Variants[0];

        Assert.Equal((1.8, 2), (variant.Lowest[0].Y, variant.Highest[0].Y));
        Assert.Equal(1.9, variant.Smoothed[0].Y, 1e-9);
        Assert.Equal(variant.Lowest.Select(point => point.X), variant.Highest.Select(point => point.X));
    }

    [Theory]
    [InlineData(0.13, 0.68, 0.1, 0.7)]
    [InlineData(0.5, 0.5, 0.5, 0.7)]
    [InlineData(0.97, 1, 0.8, 1)]
    [InlineData(0, 0, 0, 0.2)]
    public void Of_Accuracies_TenthsAround(double low, double high, double from, double to)
    {
        var points = SampleReports.Curve().Points;
        var curve = new RangeCurve([points[0] with { Accuracy = low }, points[1] with { Accuracy = high }, .. points[2..]], RangeEnd.Completed);

        Assert.Equal((from, to), Figure(new MeasuredRun(curve, SampleReports.Smoothed(curve))).AccuracyAxis);
    }

    [Fact]
    public void Of_NoAccuracy_NoAxis() => Assert.Null(Figure(SampleReports.Run()).AccuracyAxis);

    [Fact]
    public void Of_AccuraciesOfTwoRuns_TheirMean()
    {
        var points = SampleReports.Curve().Points;
        MeasuredRun Run(double accuracy)
        {
            var curve = new RangeCurve([points[0] with { Accuracy = accuracy }, .. points[1..]], RangeEnd.Completed);
            return new MeasuredRun(curve, SampleReports.Smoothed(curve));
        }

        Assert.Equal([(0.001, 0.375)], Figure(Run(0.25), Run(0.5)).Variants[0].Accuracy);
    }

    [Fact]
    public void Of_ConstantLoss_AnAxisOfSomeHeight()
    {
        var curve = new RangeCurve([.. SampleReports.Curve().Points.Select(point => point with { Loss = 2 })], RangeEnd.Completed);
        var figure = Figure(new MeasuredRun(curve, SampleReports.Smoothed(curve)));

        Assert.True(figure.LossHigh > figure.LossLow);
        Assert.InRange(2, figure.LossLow, figure.LossHigh);
    }

    [Fact]
    public void Of_OnePoint_AnAxisOfSomeWidth()
    {
        var curve = new RangeCurve([new RangePoint(1, 0.1, 0)], RangeEnd.Interrupted);
        var figure = Figure(new MeasuredRun(curve, SampleReports.Smoothed(curve)));

        Assert.Equal((0.05, 0.2), (figure.Start, figure.End));
        Assert.True(figure.LossHigh > figure.LossLow);
    }

    [Fact]
    public void Of_NoFiniteLoss_NoFigure() =>
        Assert.Null(RangeFigure.Of(SampleReports.Report(SampleReports.Variant(
            MeasuredRun.Of(new RangeCurve([new RangePoint(1, 0.1, double.NaN)], RangeEnd.NonFinite), new AverageSmoothing())))));

    [Fact]
    public void Of_WholeSweep_AllItsRates()
    {
        var report = SampleReports.Report(SampleReports.Variant(SampleReports.Run())) with { Test = new RangeTest(0.001, 100, 50) { Spacing = RangeSpacing.Linear } };

        Assert.Equal((0.001, 100, false), (RangeFigure.Of(report, isWhole: true)!.Start, RangeFigure.Of(report, isWhole: true)!.End, RangeFigure.Of(report)!.IsLogarithmic));
        Assert.Equal(10, RangeFigure.Of(report)!.End);
    }

    private static RangeFigure Figure(params MeasuredRun[] runs) => RangeFigure.Of(SampleReports.Report(SampleReports.Variant(runs)))!;
}
