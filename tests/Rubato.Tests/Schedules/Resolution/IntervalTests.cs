using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class IntervalTests
{
    [Theory]
    [InlineData(1, 2, 3, 4, 3, 8)]
    [InlineData(-1, 2, 3, 4, -4, 8)]
    [InlineData(-2, -1, -4, -3, 3, 8)]
    [InlineData(-2, 1, -4, 3, -6, 8)]
    [InlineData(0, 0, double.NegativeInfinity, double.PositiveInfinity, 0, 0)]
    [InlineData(0, 1, 1, double.PositiveInfinity, 0, double.PositiveInfinity)]
    [InlineData(-1, 1, 1, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity)]
    public void Times_Signs_SmallestAndLargestProduct(double min, double max, double otherMin, double otherMax, double least, double greatest)
    {
        Assert.Equal(new Interval(least, greatest), new Interval(min, max).Times(new Interval(otherMin, otherMax)));
        Assert.Equal(new Interval(least, greatest), new Interval(otherMin, otherMax).Times(new Interval(min, max)));
    }

    [Fact]
    public void UnionPlusBetween_TwoIntervals_Table()
    {
        Assert.Equal(new Interval(-1, 4), new Interval(-1, 2).Union(new Interval(3, 4)));
        Assert.Equal(new Interval(2, 6), new Interval(-1, 2).Plus(new Interval(3, 4)));
        Assert.Equal(new Interval(-1, 2), Interval.Between(2, -1));
    }
}
