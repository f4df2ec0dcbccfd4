using Rubato.Control;

namespace Rubato.Tests;

public sealed class PlateauRateTests
{
    [Fact]
    public void Constructor_Warmup_WatchingBeginsWhereItEnds()
    {
        var late = ReduceOnPlateauSettings.Default with { After = Duration.Epochs(9) };
        Assert.Equal(Duration.Epochs(2), new PlateauRate(Schedule.Parse("linear(0 -> 0.1, 2ep)"), 0.1, late).Settings.After);
        Assert.Equal(ReduceOnPlateauSettings.Default.After, new PlateauRate(warmup: null, 0.1, late).Settings.After);
    }

    [Theory]
    [InlineData("cosine(0 -> 0.1)")]
    [InlineData("linear(0 -> 0.1, 2ep) then constant(0.1, 5ba)")]
    public void Constructor_WarmupWithoutALengthInOneUnit_Throws(string warmup) =>
        Assert.Throws<ArgumentException>(nameof(warmup), () => new PlateauRate(Schedule.Parse(warmup), 0.1, ReduceOnPlateauSettings.Default));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_NoFiniteRateOfAtLeastZero_Throws(double rate) => Assert.Throws<ArgumentOutOfRangeException>(nameof(rate), () => Rate.Plateau(rate));
}
