using FsCheck;
using FsCheck.Fluent;
using Rubato.Data.Sampling;

namespace Rubato.Data.Tests.Sampling;

public sealed class BatchOrderTests
{
    [Theory]
    [InlineData(0, 4, 4)]
    [InlineData(4, 4, 4)]
    [InlineData(8, 4, 2)]
    [InlineData(10, 4, 4)]
    [InlineData(19, 1, 1)]
    [InlineData(0, 100, 10)]
    [InlineData(13, 100, 7)]
    public void Next_TenExamples_EndsWithTheEpoch(long samplesSeen, int batchSize, int length) =>
        Assert.Equal(length, new BatchOrder(10, 1).Next(samplesSeen, batchSize).Length);

    [Fact]
    public void Next_AnyBatchSizes_CoverEachEpochOnce() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll((PositiveInt count, int seed, PositiveInt[] sizes) =>
        {
            var order = new BatchOrder(count.Get, seed);
            var seen = new List<int>();
            var turn = 0;
            while (seen.Count < 2 * count.Get)
                seen.AddRange(order.Next(seen.Count, sizes.Length == 0 ? 3 : sizes[turn++ % sizes.Length].Get).ToArray());
            var all = Enumerable.Range(0, count.Get).ToArray();
            return seen.Count == 2 * count.Get && seen.Take(count.Get).Order().SequenceEqual(all) && seen.Skip(count.Get).Order().SequenceEqual(all);
        }));

    [Fact]
    public void Next_SamePosition_SameBatchWhateverWasAskedBefore() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll((PositiveInt count, NonNegativeInt detour, NonNegativeInt position) =>
        {
            var straight = new BatchOrder(count.Get, 8);
            var wandering = new BatchOrder(count.Get, 8);
            _ = wandering.Next(detour.Get, 5);
            return straight.Next(position.Get, 7).SequenceEqual(wandering.Next(position.Get, 7));
        }));

    [Fact]
    public void Next_OtherEpochOrSeed_IsAnotherOrder()
    {
        var first = new BatchOrder(100, 1).Next(0, 100).ToArray();
        Assert.NotEqual(first, new BatchOrder(100, 1).Next(100, 100).ToArray());
        Assert.NotEqual(first, new BatchOrder(100, 2).Next(0, 100).ToArray());
    }

    [Fact]
    public void Permutation_ManyEpochs_PutsEachIndexInEachPlaceAlikeOften()
    {
        const int Epochs = 6000;
        var counts = new int[36];
        Span<int> order = stackalloc int[6];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            BatchOrder.Permutation(9, epoch, order);
            for (var place = 0; place < 6; place++)
                counts[(6 * place) + order[place]]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Next_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchOrder(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchOrder(3, 1).Next(-1, 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchOrder(3, 1).Next(0, 0).Length);
    }
}
