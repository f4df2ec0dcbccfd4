using Rubato.Runs.Rates;

namespace Rubato.Runs.Tests.Rates;

public sealed class RateDifferenceTests
{
    [Fact]
    public void Of_OneRateIsAnother_ItsShareOfTheLarger()
    {
        var records = SampleRuns.Halving(31);
        records[20] = records[20] with { EffectiveRate = 0.75 * records[20].EffectiveRate };
        records[30] = records[30] with { EffectiveRate = 1.25 * records[30].EffectiveRate };
        var (one, other) = (RateCurve.Of(SampleRuns.Halving(31), "a"), RateCurve.Of(records, "b"));
        Assert.Equal(new RateDifference(0.25, 21, 4), RateDifference.Of(one, other));
        Assert.Equal(new RateDifference(0.25, 21, 4), RateDifference.Of(other, one));
    }

    [Fact]
    public void Of_RunsOfOtherLengths_WhereBothWereMeasured() => Assert.Equal(
        new RateDifference(0.5, 1, 3), RateDifference.Of(RateCurve.Of(SampleRuns.Halving(21), "a"), RateCurve.Of(SampleRuns.Growing(95, 2), "b")));

    [Fact]
    public void Of_RatesOfZeroInBoth_AreEqual() => Assert.Equal(
        new RateDifference(0, 1, 3), RateDifference.Of(RateCurve.Of(SampleRuns.Halving(21, 0), "a"), RateCurve.Of(SampleRuns.Halving(21, 0), "b")));

    [Fact]
    public void Of_NothingMeasuredInBoth_Null()
    {
        var late = SampleRuns.Halving(21)[1..];
        Assert.Null(RateDifference.Of(RateCurve.Of(late, "a"), RateCurve.Of(SampleRuns.Halving(9), "b")));
        Assert.Null(RateDifference.Of(RateCurve.Of(late, "a"), RateCurve.Of(SampleRuns.Plain(30), "b")));
    }
}
