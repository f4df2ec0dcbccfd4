using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class SumTests
{
    [Fact]
    public void At_TwoTerms_SumAtEachPosition()
    {
        var schedule = new Linear(0, 4, Duration.Epochs(4)) + new Step(2, 0.5, Duration.Epochs(2), Duration.Epochs(6));
        Expect.Values(schedule, (0, 2), (1, 3), (Expect.Before(2), 4), (2, 3), (3, 4), (4, 4.5), (6, 4.25), (7, 4.25));
        Assert.Equal(6, schedule.End);
    }

    [Fact]
    public void Offset_One_EveryValue() => Expect.Values(new Linear(0, 4, Duration.Epochs(4)).Offset(1), (0, 1), (1, 2), (4, 5), (9, 5));

    [Fact]
    public void Fill_MoreThanAChunk_WhatAtReturns()
    {
        var schedule = new Linear(0, 4, Duration.Batches(400)) + new Cosine(1, 0, Duration.Batches(700)) + 2;
        var values = new double[1000];
        schedule.Fill(0, 1, values);
        Assert.Equal(Enumerable.Range(0, 1000).Select(n => schedule.At(n)), values);
    }

    [Fact]
    public void Constructor_FewerThanTwo_Refused()
    {
        Expect.Refusal("terms", "terms must hold at least two schedules.", () => new Sum([1.0]));
        Expect.Refusal("terms", "terms must hold at least two schedules.", () => new Sum(default));
        Assert.Throws<ArgumentNullException>("terms", () => new Sum([1.0, null!]));
    }

    [Fact]
    public void Terms_NestedSums_Flat() => Assert.Equal([2.0, 3.0, 4.0], ((Sum)((Schedule)2 + ((Schedule)3 + 4))).Terms);

    [Fact]
    public void Equals_OtherTerms_Differs() => Expect.Equality(() => (Schedule)2 + 3, (Schedule)3 + 2, (Schedule)2 + 4, (Schedule)2 + 3 + 1, (Schedule)2 * 3);
}
