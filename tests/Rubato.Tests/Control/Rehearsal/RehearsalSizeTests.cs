using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class RehearsalSizeTests
{
    // A tenth of updates x batch, less 6 x 67 for reference losses, is spent on 5 runs of 50 to 200 updates and on 18 updates of half the size;
    // where that gives less than 8 samples an update, the runs get shorter. The first line: (12,800 - 402) / (250 + 9).
    [Theory]
    [InlineData(1000, 128, 50, 47)]
    [InlineData(10_000, 128, 200, 126)]
    [InlineData(5_000, 128, 100, 124)]
    [InlineData(50, 8192, 50, 156)]
    [InlineData(50, 128, 20, 8)]
    [InlineData(100, 4, 20, 4)]
    public void For_Budget_Table(long updates, long batch, int length, int micro) =>
        Assert.Equal(new RehearsalSize(length, micro), RehearsalSize.For(new RehearsalSettings(), updates, batch));

    [Fact]
    public void Longer_TwiceTheUpdates_HalfTheSamples()
    {
        Assert.Equal(new RehearsalSize(100, 32), new RehearsalSize(50, 64).Longer(new RehearsalSettings()));
        Assert.Equal(new RehearsalSize(100, 8), new RehearsalSize(50, 9).Longer(new RehearsalSettings()));
    }
}
