using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class RehearsalSizeTests
{
    // A tenth of updates x batch, less 5 x 34 for reference batches, is spent on 4 runs of 50 to 200 updates and on 18 updates of half the size;
    // where that gives less than 8 samples an update, the runs get shorter. The first line: (12,800 - 170) / (200 + 9).
    [Theory]
    [InlineData(1000, 128, 50, 60)]
    [InlineData(10_000, 128, 200, 128)]
    [InlineData(8_000, 128, 160, 128)]
    [InlineData(50, 8192, 50, 195)]
    [InlineData(44, 8192, 44, 194)]
    [InlineData(50, 128, 20, 8)]
    [InlineData(100, 4, 20, 4)]
    public void For_Budget_Table(long updates, long batch, int length, int micro) =>
        Assert.Equal(new RehearsalSize(length, micro), RehearsalSize.For(new RehearsalSettings(), updates, batch));

    // 200 x 32 samples: free ones up to a tenth of them change nothing. 4 runs of 50 updates with all of 32 samples, 5 reference batches and a
    // bracket cost 7,058 or less; what is more makes the runs longer: (16,288 - 288) / (4 x 32) = 125. A whole run and its reference cost
    // 6,400 + 667, and those four times: from 28,556 on they are whole, from twice that on they are made twice, at most four times.
    [Theory]
    [InlineData(640, 20, 8, 1, false)]
    [InlineData(16_288, 125, 32, 1, false)]
    [InlineData(28_556, 200, 32, 1, true)]
    [InlineData(56_824, 200, 32, 2, true)]
    [InlineData(1_000_000, 200, 32, 4, true)]
    [InlineData(long.MaxValue, 200, 32, 4, true)]
    public void For_FreeSamples_LongerThenWholeThenRepeated(long free, int length, int micro, int repeats, bool isWhole) => Assert.Equal(
        new RehearsalSize(length, micro, repeats, isWhole), RehearsalSize.For(new RehearsalSettings { FreeSamples = free }, updates: 200, batchSize: 32));

    // Runs of a part of the batch whose weights are kept are worth more than whole ones.
    [Fact]
    public void For_FreeSamplesAndWeightsToBeKept_AsWithoutThem() => Assert.Equal(
        RehearsalSize.For(new RehearsalSettings(), updates: 40, batchSize: 4096),
        RehearsalSize.For(new RehearsalSettings { FreeSamples = 1_000_000 }, updates: 40, batchSize: 4096));

    [Fact]
    public void Longer_TwiceTheUpdates_HalfTheSamples()
    {
        Assert.Equal(new RehearsalSize(100, 32), new RehearsalSize(50, 64).Longer(new RehearsalSettings()));
        Assert.Equal(new RehearsalSize(100, 8), new RehearsalSize(50, 9).Longer(new RehearsalSettings()));
    }
}
