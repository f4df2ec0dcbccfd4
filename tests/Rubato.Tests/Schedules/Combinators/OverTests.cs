using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class OverTests
{
    [Fact]
    public void At_SharesAndRest_OfItsLength() =>
        Expect.Values(
            new Linear(0, 1, Duration.Share(0.25)).Then(new Linear(1, 0)).Over(Duration.Epochs(8)),
            (0, 0), (1, 0.5), (2, 1), (5, 0.5), (Expect.Before(8), 0), (8, 0), (9, 0));

    [Fact]
    public void At_LongerInside_CutAtItsLength()
    {
        var schedule = new Linear(4, 0, Duration.Epochs(4)).Over(Duration.Epochs(3));
        Expect.Values(schedule, (0, 4), (2, 2), (Expect.Before(3), 1), (3, 1), (4, 1), (1e12, 1));
        Assert.Equal(3, schedule.End);
    }

    [Fact]
    public void At_ShorterInside_LastValueHeld() =>
        Expect.Values(new Linear(4, 0, Duration.Epochs(4)).Over(Duration.Epochs(6)).Then(9), (3, 1), (4, 0), (5, 0), (6, 9), (7, 9));

    [Fact]
    public void At_NestedBudgets_InnerSharesAreOfTheInnerOne() =>
        Expect.Values(
            new Linear(4, 0, Duration.Share(0.5)).Over(Duration.Share(0.5)).Then(7).Over(Duration.Epochs(16)),
            (0, 4), (2, 2), (4, 0), (Expect.Before(8), 0), (8, 7), (16, 7));

    [Fact]
    public void At_LengthZero_WhatIsInsideAt0() => Expect.Values(new Linear(4, 0, Duration.Epochs(4)).Over(Duration.Epochs(0)), (0, 4), (1, 4));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, double.PositiveInfinity)]
    [InlineData(3, double.PositiveInfinity)]
    public void HoldsUntil_CutWithinAStep_ForEver(double position, double until) =>
        Assert.Equal(until, new Step(1, 0.5, Duration.Epochs(2)).Over(Duration.Epochs(3)).HoldsUntil(position));

    [Fact]
    public void HoldsUntil_CutAtAStep_TheStepCounts()
    {
        var schedule = new Step(1, 0.5, Duration.Epochs(2)).Over(Duration.Epochs(4));
        Expect.Values(schedule, (Expect.Before(4), 0.5), (4, 0.25), (5, 0.25));
        Assert.Equal(4, schedule.HoldsUntil(2));
    }

    [Fact]
    public void At_OtherUnitsInside_NeedsAPlan()
    {
        var schedule = new Linear(0, 1, Duration.Batches(5)).Then(1).Over(Duration.Epochs(10));
        Assert.False(schedule.IsResolved);
        Assert.Equal(
            "'over(linear(0 -> 1, 5ba) then 1, 10ep)' cannot be evaluated by itself: its lengths have several units, or none; call Over with a "
            + "length, or put it in a TrainingPlan.",
            Assert.Throws<InvalidOperationException>(() => schedule.At(0)).Message);
    }

    [Fact]
    public void Equals_OtherLengthOrInside_Differs() =>
        Expect.Equality(
            () => new Cosine(1, 0).Over(Duration.Epochs(2)),
            new Cosine(1, 0).Over(Duration.Epochs(3)),
            new Cosine(1, 0).Over(Duration.Rest),
            new Cosine(2, 0).Over(Duration.Epochs(2)),
            new Cosine(1, 0, Duration.Epochs(2)));
}
