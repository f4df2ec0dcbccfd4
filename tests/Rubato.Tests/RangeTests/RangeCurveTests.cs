using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class RangeCurveTests
{
    [Fact]
    public void Constructor_NoPoint_IsRefused() => Assert.Throws<ArgumentException>(() => new RangeCurve([], RangeEnd.Completed));

    [Theory]
    [InlineData(2, 0.2, 1, 0.3)]
    [InlineData(1, 0.2, 2, 0.2)]
    [InlineData(1, 0.0, 2, 0.2)]
    [InlineData(1, 0.1, 2, double.NaN)]
    public void Constructor_RatesOrIterationsDoNotRise_IsRefused(long firstIteration, double firstRate, long secondIteration, double secondRate) =>
        Assert.Throws<ArgumentException>(() => new RangeCurve([new(firstIteration, firstRate, 1), new(secondIteration, secondRate, 1)], RangeEnd.Completed));

    [Fact]
    public void Equals_SamePoints_ByValue()
    {
        Assert.Equal(Curves.Of(3, 2, double.NaN), Curves.Of(3, 2, double.NaN));
        Assert.Equal(Curves.Of(3, 2).GetHashCode(), Curves.Of(3, 2).GetHashCode());
        Assert.NotEqual(Curves.Of(3, 2), Curves.Of(3, 1));
    }
}
