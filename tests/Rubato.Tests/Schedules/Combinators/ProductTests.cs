using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class ProductTests
{
    [Fact]
    public void At_TwoFactors_ProductAtEachPosition()
    {
        var schedule = new Linear(0, 4, Duration.Epochs(4)) * new Step(2, 0.5, Duration.Epochs(2), Duration.Epochs(6));
        Expect.Values(schedule, (0, 0), (1, 2), (Expect.Before(2), 4), (2, 2), (3, 3), (4, 2), (6, 1), (7, 1));
        Assert.Equal(6, schedule.End);
    }

    [Fact]
    public void Scale_Half_EveryValue() => Expect.Values(new Linear(0, 4, Duration.Epochs(4)).Scale(0.5), (0, 0), (1, 0.5), (4, 2), (9, 2));

    [Fact]
    public void Fill_MoreThanAChunk_WhatAtReturns()
    {
        var schedule = new Linear(0, 4, Duration.Batches(400)) * new Cosine(1, 0, Duration.Batches(700)) * 2;
        var values = new double[1000];
        schedule.Fill(0, 1, values);
        Assert.Equal(Enumerable.Range(0, 1000).Select(n => schedule.At(n)), values);
    }

    [Fact]
    public void Constructor_FewerThanTwo_Refused()
    {
        Expect.Refusal("factors", "factors must hold at least two schedules.", () => new Product([1.0]));
        Expect.Refusal("factors", "factors must hold at least two schedules.", () => new Product(default));
        Assert.Throws<ArgumentNullException>("factors", () => new Product([1.0, null!]));
    }

    [Fact]
    public void Factors_NestedProducts_Flat() => Assert.Equal([2.0, 3.0, 4.0], ((Product)((Schedule)2 * ((Schedule)3 * 4))).Factors);

    [Fact]
    public void Equals_OtherFactors_Differs() => Expect.Equality(() => (Schedule)2 * 3, (Schedule)3 * 2, (Schedule)2 * 4, (Schedule)2 * 3 * 1, (Schedule)2 + 3);
}
