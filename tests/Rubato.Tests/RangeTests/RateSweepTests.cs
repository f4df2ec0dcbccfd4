using FsCheck;
using FsCheck.Fluent;
using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class RateSweepTests
{
    [Fact]
    public void Report_ConstantLoss_TakesDownEveryRateOnce()
    {
        var test = new RangeTest(0.001, 0.1, 21);
        var sweep = test.Start();
        while (!sweep.IsOver)
        {
            Report(sweep, 1, accuracy: 0.5);
        }

        var curve = sweep.ToCurve();
        Assert.Equal(RangeEnd.Completed, curve.End);
        Assert.Equal(Enumerable.Range(1, 21).Select(i => (long)i), curve.Points.Select(point => point.Update));
        Assert.Equal(Enumerable.Range(0, 21).Select(i => test.Schedule.At(i)), curve.Points.Select(point => point.LearningRate));
        Assert.All(curve.Points, point => Assert.Equal((1, 0.5), (point.Loss, point.Accuracy)));
        Assert.Throws<InvalidOperationException>(() => sweep.Report(1));
    }

    [Fact]
    public void SmoothedLoss_OfFiftyUpdates_IsTheCorrectedAverageThatFallsByEAnUpdate()
    {
        var sweep = new RangeTest(0.001, 0.1, 50).Start();
        Assert.True(double.IsNaN(sweep.SmoothedLoss));
        Report(sweep, 4);
        Assert.Equal(4, sweep.SmoothedLoss, 1e-12);
        Report(sweep, 8);
        Assert.Equal((4 + (8 * Math.E)) / (1 + Math.E), sweep.SmoothedLoss, 1e-12);
    }

    [Theory]
    [InlineData(4, 5.0, RangeEnd.Diverged)]
    [InlineData(4, 3.9, RangeEnd.Completed)]
    [InlineData(6, 5.0, RangeEnd.Completed)]
    public void Report_LossAboveItsLowestBySomeFactor_EndsAtTheThreshold(double threshold, double factor, RangeEnd expected)
    {
        var sweep = new RangeTest(0.001, 0.1, 100) { DivergeThreshold = threshold }.Start();
        while (!sweep.IsOver)
        {
            Report(sweep, sweep.Updates < 50 ? 0.5 : 0.5 * factor);
        }

        Assert.Equal(expected, sweep.ToCurve().End);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Report_LossNotFinite_EndsThere(double loss)
    {
        var sweep = new RangeTest(0.001, 0.1, 100).Start();
        Report(sweep, 1);
        Report(sweep, 2);
        Report(sweep, loss);
        Assert.True(sweep.IsOver);
        Assert.Equal((3, RangeEnd.NonFinite), (sweep.ToCurve().Points.Length, sweep.ToCurve().End));
    }

    [Fact]
    public void Report_AnyLosses_StopsWithTheFirstThatIsNotFiniteOrTooLarge() => Check.QuickThrowOnFailure(Prop.ForAll<double[]>(losses =>
    {
        var test = new RangeTest(0.01, 1, 10);
        var sweep = test.Start();
        var keep = Math.Exp(-5);
        var seen = new List<double>();
        foreach (var loss in losses)
        {
            if (sweep.IsOver)
            {
                break;
            }

            Report(sweep, loss);
            seen.Add(loss);
        }

        // The same average, from all losses anew.
        double Average(int count) => Enumerable.Range(0, count).Sum(i => Math.Pow(keep, count - 1 - i) * seen[i]) / Enumerable.Range(0, count).Sum(i => Math.Pow(keep, i));
        bool IsLast(int count) => !double.IsFinite(seen[count - 1]) || count == 10
            || (Enumerable.Range(1, count).Min(Average) is > 0 and var lowest && Average(count) > 4 * lowest);
        return seen.Count == 0 || (sweep.IsOver == IsLast(seen.Count) && !Enumerable.Range(1, seen.Count - 1).Any(IsLast));
    }));

    [Fact]
    public void ToCurve_BeforeTheEnd_IsInterrupted()
    {
        var sweep = new RangeTest(0.001, 0.1, 100).Start();
        Assert.Throws<InvalidOperationException>(sweep.ToCurve);
        Report(sweep, 1);
        Assert.Equal(RangeEnd.Interrupted, sweep.ToCurve().End);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Report_AccuracyOutOfRange_IsRefused(double accuracy) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Report(new RangeTest(0.001, 0.1, 100).Start(), 1, accuracy));

    [Fact]
    public void TryNext_WholeRun_TheRatesOfTheSchedule()
    {
        var test = new RangeTest(0.001, 0.1, 12);
        var sweep = test.Start();
        var rates = new List<double>();
        while (sweep.TryNext(out var rate))
        {
            Assert.Equal(rate, sweep.Next);
            rates.Add(rate);
            sweep.Report(1);
        }

        Assert.Equal(Enumerable.Range(0, 12).Select(i => test.Schedule.At(i)), rates);
        Assert.Equal((12, test.EndLr), (sweep.Updates, sweep.Next));
    }

    [Fact]
    public void Report_RateThatWasNotAskedFor_IsRefused()
    {
        var sweep = new RangeTest(0.001, 0.1, 12).Start();
        _ = sweep.Next;
        sweep.Report(1);
        Assert.StartsWith(
            "An update was reported, but its rate was not asked for", Assert.Throws<InvalidOperationException>(() => sweep.Report(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggest_OneRun_WhatItsCurveSays()
    {
        var sweep = new RangeTest(1e-4, 10, 100).Start();
        while (sweep.TryNext(out var rate))
        {
            sweep.Report(rate < 1 ? 2 / (1 + rate) : 3 * rate);
        }

        var expected = RangeSuggestion.Of([sweep.ToCurve()], new RangeSuggestionSettings { BatchSize = 32 });
        var found = sweep.Suggest(new RangeSuggestionSettings { BatchSize = 32 });
        Assert.Equal((expected.Range, expected.Reason, expected.BatchSize), (found.Range, found.Reason, found.BatchSize));
        Assert.Equal(expected.Range, sweep.Suggest().Range);
    }

    private static void Report(RateSweep sweep, double loss, double? accuracy = null)
    {
        _ = sweep.Next;
        sweep.Report(loss, accuracy);
    }
}
