using Rubato.Control.Rehearsals;

namespace Rubato.Tests.Control.Rehearsals;

public sealed class RehearsalSizeTests
{
    // A tenth of updates x batch is spent, on 4.5 runs of 50 to 200 updates; where that gives less than 8 samples an update, the runs get shorter.
    [Theory]
    [InlineData(1000, 128, 50, 56)]
    [InlineData(10_000, 128, 200, 128)]
    [InlineData(5_000, 128, 100, 128)]
    [InlineData(50, 8192, 50, 182)]
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
