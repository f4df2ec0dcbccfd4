using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RangeTestReportTests
{
    private static readonly MeasuredVariant Low = Variant("0.8", "0", (0.1, 3), (0.2, 1.04), (0.4, 1.2));
    private static readonly MeasuredVariant High = Variant("0.9", "0", (0.1, 3), (0.3, 1), (0.4, 1.2));
    private static readonly MeasuredVariant Alike = Variant("0.95", "0", (0.1, 3), (0.35, 1.08), (0.4, 1.2));
    private static readonly MeasuredVariant Worse = Variant("0.99", "0", (0.1, 3), (0.4, 1.3));

    [Fact]
    public void Best_LossesAlike_TheOneAtTheLargestRate() => Assert.Same(Alike, SampleReports.Report(Low, High, Alike, Worse).Best);

    [Fact]
    public void Best_WithoutAnAnswer_DoesNotCount()
    {
        var unclear = Alike with { Suggestion = new RangeSuggestion { Rule = "lowest", Reason = "why." } };

        Assert.Same(High, SampleReports.Report(Low, High, unclear).Best);
        Assert.Same(unclear, SampleReports.Report(unclear).Best);
    }

    [Fact]
    public void NameOf_WhatAllHaveInCommon_IsLeftOut()
    {
        var decayed = Low with { WeightDecay = "5e-4" };

        Assert.Equal("", SampleReports.Report(Low).NameOf(Low));
        Assert.Equal("momentum 0.8", SampleReports.Report(Low, High).NameOf(Low));
        Assert.Equal("weight decay 5e-4", SampleReports.Report(Low, decayed).NameOf(decayed));
        Assert.Equal("momentum 0.9, weight decay 0", SampleReports.Report(decayed, High).NameOf(High));
    }

    [Fact]
    public void Of_RunWithoutAFiniteLoss_IsNotSmoothed()
    {
        var run = MeasuredRun.Of(new RangeCurve([new RangePoint(1, 0.1, double.NaN)], RangeEnd.NonFinite), new AverageSmoothing());

        Assert.Null(run.Smoothed);
        Assert.Null(SampleReports.Variant(run).Band);
    }

    private static MeasuredVariant Variant(string momentum, string decay, params (double Rate, double Loss)[] points)
    {
        var curve = new RangeCurve([.. points.Select((point, i) => new RangePoint(i + 1, point.Rate, point.Loss))], RangeEnd.Completed);
        return SampleReports.Variant(new MeasuredRun(curve, SampleReports.Smoothed(curve))) with { Momentum = momentum, WeightDecay = decay };
    }
}
