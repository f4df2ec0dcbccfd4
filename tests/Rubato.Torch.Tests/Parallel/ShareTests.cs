using Rubato.Torch.Parallel;

namespace Rubato.Torch.Tests.Parallel;

public class ShareTests
{
    [Theory]
    [InlineData(256, 2, 1, 1, "128 128")]
    [InlineData(96, 3, 1, 1, "32 32 32")]
    [InlineData(10, 4, 1, 1, "3 3 2 2")]
    [InlineData(3, 4, 1, 1, "1 1 1 0")]
    [InlineData(3, 4, 1, 2, "3 0 0 0")]
    [InlineData(9, 4, 1, 2, "3 2 2 2")]
    [InlineData(256, 3, 32, 1, "96 96 64")]
    [InlineData(100, 2, 32, 1, "64 36")]
    [InlineData(100, 4, 32, 1, "32 32 36 0")]
    [InlineData(20, 2, 32, 1, "20 0")]
    public void Of_Batch_IsTakenApartInWholeUnits(int batch, int size, int unit, int least, string counts)
    {
        var shares = Enumerable.Range(0, size).Select(rank => Share.Of(batch, rank, size, unit, least)).ToArray();
        Assert.Equal(counts, string.Join(' ', shares.Select(share => share.Count)));
        Assert.Equal(shares.Count(share => !share.IsEmpty), Share.Sharing(batch, size, unit, least));
    }

    [Fact]
    public void Of_AnyBatch_CoversItOnceInTheOrderOfRanks()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            AssertCovered(random.Next(1, 1 << random.Next(1, 16)), random.Next(1, 256), random.Next(1, 100), random.Next(1, 4));
        }
    }

    private static void AssertCovered(int samples, int processes, int whole, int fewest)
    {
        var next = 0;
        var counts = new List<int>();
        for (var rank = 0; rank < processes; rank++)
        {
            var share = Share.Of(samples, rank, processes, whole, fewest);
            Assert.Equal(share.IsEmpty ? samples : next, share.Start);
            next += share.Count;
            counts.Add(share.Count);
        }

        Assert.Equal(samples, next);
        var full = counts.Where(count => count > 0).ToArray();
        Assert.All(full, count => Assert.True(count >= Math.Min(fewest, samples) || count >= whole));

        // Without what is left beyond whole units, which the last share takes.
        full[^1] -= samples % whole;
        Assert.True(samples < whole || full.Max() - full.Min() <= whole);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(8, -1, 1)]
    [InlineData(8, 1, 1)]
    public void Of_OutOfRange_Throws(int batch, int rank, int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Share.Of(batch, rank, size));
}
