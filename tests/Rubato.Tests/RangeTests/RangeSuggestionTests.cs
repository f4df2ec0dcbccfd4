using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed partial class RangeSuggestionTests
{
    private static readonly RangeSuggestionSettings Usual = new();

    [Theory]
    [InlineData("lowest", 0.032, 1.6)]
    [InlineData("accuracy", 0.02, 1.6)]
    [InlineData("valley", 0.001, 1.3)]
    [InlineData("steep", 0.001, 1.3)]
    [InlineData("minimum", 0.0032, 1.6)]
    public void Of_CleanCurve_EachRuleNearItsPlace(string rule, double expected, double factor)
    {
        var shape = new Curves.Shape { FallEnds = -2, CliffBegins = -1.5 };
        var suggestion = RangeSuggestion.Of([Curves.Record(shape)], Usual with { Rule = rule });
        Assert.Null(suggestion.Reason);
        Assert.InRange(suggestion.Range!.Value.MaxLr, expected / factor, expected * factor);
        Assert.Equal(rule, suggestion.Rule);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    public void Of_RuleForAMaximumAlone_BaseIsAShareOfIt(double divisor, double expected)
    {
        var range = RangeSuggestion.Of([Curves.Record(new Curves.Shape())], Usual with { BaseDivisor = divisor }).Range!.Value;
        Assert.Equal(expected, range.MaxLr / range.BaseLr, 1e-9);
    }

    [Theory]
    [InlineData("lowest", 4)]
    [InlineData("accuracy", 1)]
    [InlineData("valley", 1)]
    [InlineData("minimum", 1)]
    public void Of_Margin_LowestStaysBelow(string rule, double expected)
    {
        RangeCurve[] runs = [Curves.Record(new Curves.Shape())];
        var (without, with) = (RangeSuggestion.Of(runs, Usual with { Rule = rule }), RangeSuggestion.Of(runs, Usual with { Rule = rule, Margin = 4 }));
        Assert.Equal(expected, without.Range!.Value.MaxLr / with.Range!.Value.MaxLr, 1e-9);
        Assert.Equal(expected, without.Range!.Value.BaseLr / with.Range!.Value.BaseLr, 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>("Margin", () => Usual with { Margin = 0.5 });
    }

    [Fact]
    public void Of_LossThatStays_SaidOnce()
    {
        var curve = new RangeCurve([.. Enumerable.Range(0, 40).Select(i => new RangePoint(i + 1, 1e-4 * Math.Pow(1.3, i), 2.345, null))], RangeEnd.Completed);
        Assert.Equal(
            "the loss falls at no rate by more than its noise: smoothed, it stays at 2.345; use more iterations, or check data and network.",
            RangeSuggestion.Of([curve], Usual).Reason);
    }

    [Fact]
    public void Of_SeveralRuns_TheirGeometricMean()
    {
        var later = new Curves.Shape { FallBegins = -3.8, FallEnds = -1.8, CliffBegins = -1.3 };
        RangeCurve[] runs = [Curves.Record(new Curves.Shape()), Curves.Record(later)];
        double[] apart = [.. runs.Select(run => RangeSuggestion.Of([run], Usual).Range!.Value.MaxLr)];
        var together = RangeSuggestion.Of(runs, Usual with { BatchSize = 512 });
        Assert.Equal(Math.Sqrt(apart[0] * apart[1]), together.Range!.Value.MaxLr, 1e-12);
        Assert.Equal(512, together.BatchSize);
        Assert.Equal(2 * RangeRule.All.Length, together.Answers.Length);
        Assert.Equal([1, 2], together.Answers.Select(answer => answer.Run).Distinct());
    }

    [Fact]
    public void Confidence_RunsAlike_CountsTheRulesThatAgree()
    {
        // Lowest on all points, the odd ones and the even ones, and accuracy on each of them.
        var curve = Curves.Record(new Curves.Shape());
        Assert.Equal(1, RangeSuggestion.Of([curve, curve], Usual).Confidence);

        // An accuracy that is best a decade before the lowest loss.
        var early = curve.Points.Select(point => point with { Accuracy = point.LearningRate > 2e-3 ? 0.1 : point.Accuracy });
        var other = new RangeCurve([.. early], curve.End);
        Assert.Equal(0.5, RangeSuggestion.Of([other, other], Usual).Confidence);
    }

    [Fact]
    public void Confidence_RunsApart_IsLower()
    {
        var far = new Curves.Shape { Start = -6.98, FallBegins = -4.98, FallEnds = -2.98, CliffBegins = -2.48, End = -0.48 };
        Assert.InRange(RangeSuggestion.Of([Curves.Record(new Curves.Shape()), Curves.Record(far)], Usual).Confidence, 0, 0.5);
    }

    [Fact]
    public void Of_RunsFarApart_HaveNoClearAnswer()
    {
        var far = new Curves.Shape { FallBegins = -5.5, FallEnds = -4.5, CliffBegins = -4 };
        var suggestion = RangeSuggestion.Of([Curves.Record(new Curves.Shape()), Curves.Record(far)], Usual);
        Assert.Null(suggestion.Range);
        Assert.StartsWith("the runs do not agree, their maxima lie between", suggestion.Reason, StringComparison.Ordinal);
        Assert.Equal(0, suggestion.Confidence);
    }

    [Fact]
    public void Of_NonFiniteAtTheThirdUpdate_SaysSo() => Assert.Equal(
        "the loss was not finite at update 3, at a rate of 1.16e-6; start at a lower rate, and check the data where that changes nothing.",
        RangeSuggestion.Of([Curves.Record(new Curves.Shape(), nonFiniteFrom: 3)], Usual).Reason);

    [Fact]
    public void Of_DivergedAtOnce_SaysSo() => Assert.Equal(
        "the loss had diverged at update 3, at a rate of 4; start at a lower rate, and check the data where that changes nothing.",
        RangeSuggestion.Of([new RangeCurve(Curves.Of(1, 2, 9).Points, RangeEnd.Diverged)], Usual).Reason);

    [Fact]
    public void Of_NonFiniteHalfWay_ReadsWhatWasMeasured()
    {
        var shape = new Curves.Shape { CliffBegins = 3 };
        var curve = Curves.Record(shape, nonFiniteFrom: 150);
        Assert.Equal(RangeEnd.NonFinite, curve.End);
        var range = RangeSuggestion.Of([curve], Usual with { Rule = "valley" }).Range!.Value;
        Assert.InRange(range.MaxLr, shape.Valley / 1.3, shape.Valley * 1.3);
    }

    [Fact]
    public void Of_RisingFromTheStart_SaysSo()
    {
        var shape = new Curves.Shape { Start = -1.4, End = 2, FallBegins = -4, Noise = 0.05 };
        var reason = RangeSuggestion.Of([Curves.Record(shape)], Usual).Reason;
        Assert.StartsWith("the loss rises from the first rate on, 0.0398, and never falls", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RisingToTheLastRate_SaysSo()
    {
        var points = Enumerable.Range(0, 100).Select(i => new RangePoint(i + 1, Math.Pow(1.1, i), 2 + (0.01 * i) + (i % 2 * 0.05)));
        var reason = RangeSuggestion.Of([new RangeCurve([.. points], RangeEnd.Completed)], Usual).Reason;
        Assert.StartsWith("the loss rises from the first rate on, 1, and never falls", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RangeEnd.NonFinite)]
    [InlineData(RangeEnd.Diverged)]
    public void Of_LostWhileItFell_TheLastRateIsAsHighAsItGoes(RangeEnd end)
    {
        var points = Curves.Record(new Curves.Shape { End = -2.5, Noise = 0.02 }).Points;
        Assert.InRange(RangeSuggestion.Of([new RangeCurve(points, end)], Usual).Range!.Value.MaxLr, 0.0025, 0.0032);
    }

    [Fact]
    public void Of_StillFallingAtTheEnd_SaysSo()
    {
        var reason = RangeSuggestion.Of([Curves.Record(new Curves.Shape { End = -2.5, Noise = 0.02 })], Usual).Reason;
        Assert.StartsWith("the loss still falls at the last rate, 0.00316", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AccuracyRuleWithoutAccuracies_SaysSo()
    {
        var curve = Curves.Record(new Curves.Shape());
        var without = new RangeCurve([.. curve.Points.Select(point => point with { Accuracy = null })], curve.End);
        var reason = RangeSuggestion.Of([without], Usual with { Rule = "accuracy" }).Reason;
        Assert.StartsWith("the accuracy, measured 0 times, does not rise by 5 points", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RatesAndLossesInOtherUnits_AnswersMoveWithThem()
    {
        var curve = Curves.Record(new Curves.Shape { Noise = 0.05 });
        var moved = curve.Points.Select(point => point with { LearningRate = 1000 * point.LearningRate, Loss = 16 * point.Loss });
        var (first, second) = (RangeSuggestion.Of([curve], Usual), RangeSuggestion.Of([new RangeCurve([.. moved], curve.End)], Usual));
        Assert.Equal((RangeRule.All.Length, RangeRule.All.Length), (first.Answers.Length, second.Answers.Length));
        foreach (var (one, two) in first.Answers.Zip(second.Answers))
        {
            Assert.Equal(1000 * one.Range!.Value.MaxLr, two.Range!.Value.MaxLr, 1e-6 * two.Range.Value.MaxLr);
        }
    }

    [Fact]
    public void Of_UnknownRuleOrNoRun_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => RangeSuggestion.Of([Curves.Of(3, 2, 1)], Usual with { Rule = "deepest" }));
        Assert.Throws<ArgumentException>(() => RangeSuggestion.Of([], Usual));
    }
}
