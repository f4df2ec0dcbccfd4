using Rubato.RangeTests;

namespace Rubato.Tests.RangeTests;

public sealed class RangeTestTests
{
    [Theory]
    [InlineData(RangeSpacing.Exponential, 0, 0.001)]
    [InlineData(RangeSpacing.Exponential, 10, 0.01)]
    [InlineData(RangeSpacing.Exponential, 20, 0.1)]
    [InlineData(RangeSpacing.Linear, 0, 0.001)]
    [InlineData(RangeSpacing.Linear, 10, 0.0505)]
    [InlineData(RangeSpacing.Linear, 20, 0.1)]
    public void Schedule_OfTwentyOneUpdates_GoesFromStartToEnd(RangeSpacing spacing, long position, double expected) =>
        Assert.Equal(expected, new RangeTest(0.001, 0.1, 21) { Spacing = spacing }.Schedule.At(position), 1e-15);

    [Fact]
    public void Schedule_Printed_IsAScheduleOfThePlanLanguage() =>
        Assert.Equal(Schedule.Parse("exponential(1e-5 -> 10, 99ba)"), new RangeTest(1e-5, 10, 100).Schedule);

    [Theory]
    [InlineData(0, 1, 100, "startLr")]
    [InlineData(double.NaN, 1, 100, "startLr")]
    [InlineData(1, 1, 100, "endLr")]
    [InlineData(1, 0.1, 100, "endLr")]
    [InlineData(1, double.PositiveInfinity, 100, "endLr")]
    [InlineData(0.1, 1, 9, "updates")]
    public void Constructor_OutOfRange_NamesIt(double start, double end, long updates, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new RangeTest(start, end, updates)).ParamName);

    [Theory]
    [InlineData(1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void DivergeThreshold_OutOfRange_IsRefused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeTest(0.1, 1, 10) { DivergeThreshold = threshold });
}
