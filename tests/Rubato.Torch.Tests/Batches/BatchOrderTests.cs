using FsCheck;
using FsCheck.Fluent;

namespace Rubato.Torch.Tests.Batches;

public sealed class BatchOrderTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(8, 2)]
    [InlineData(8, 4)]
    [InlineData(10, 4)]
    [InlineData(19, 1)]
    [InlineData(0, 10)]
    [InlineData(0, 11)]
    [InlineData(13, 27)]
    [InlineData(13, 100)]
    public void Next_TenExamples_TheEpochsOrdersOneAfterAnother(long samplesSeen, int batchSize)
    {
        var orders = new int[120];
        for (var epoch = 0; epoch < 12; epoch++)
        {
            BatchOrder.Permutation(1, epoch, orders.AsSpan(10 * epoch, 10));
        }

        Assert.Equal(orders.AsSpan((int)samplesSeen, batchSize), new BatchOrder(10, 1).Next(samplesSeen, batchSize));
    }

    [Fact]
    public void Next_AnyBatchSizes_CoverEachEpochOnce() =>
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll((PositiveInt count, int seed, PositiveInt[] sizes) =>
        {
            var order = new BatchOrder(count.Get, seed);
            var seen = new List<int>();
            for (var turn = 0; seen.Count < 3 * count.Get; turn++)
            {
                seen.AddRange(order.Next(seen.Count, sizes.Length == 0 ? 3 : sizes[turn % sizes.Length].Get));
            }

            var all = Enumerable.Range(0, count.Get).ToArray();
            return seen.Chunk(count.Get).Take(3).All(epoch => epoch.Order().SequenceEqual(all));
        }));

    [Fact]
    public void Next_BatchesCutAtTheEnd_TheSameOrderAsBatchesThatRunOn()
    {
        var (cut, carried) = (new BatchOrder(10, 4), new BatchOrder(10, 4));
        int[] whole = [.. cut.Next(0, 4), .. cut.Next(4, 4), .. cut.Next(8, 2), .. cut.Next(10, 4), .. cut.Next(14, 2)];
        int[] joined = [.. carried.Next(0, 4), .. carried.Next(4, 4), .. carried.Next(8, 4), .. carried.Next(12, 4)];
        Assert.Equal(whole, joined);
    }

    [Fact]
    public void Next_ManyBatchesOverEnds_AllocatesNothingOnceThereIsRoom()
    {
        var order = new BatchOrder(10, 4);
        _ = order.Next(0, 64);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 1000; i++)
        {
            _ = order.Next(7 * i, 1 + (i % 64));
        }
        // The runtime itself may allocate once; one array a call would be more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

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
            {
                counts[(6 * place) + order[place]]++;
            }
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
