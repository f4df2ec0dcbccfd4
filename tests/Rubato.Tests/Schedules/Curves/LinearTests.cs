using Rubato.Schedules.Curves;

namespace Rubato.Tests.Schedules.Curves;

public sealed class LinearTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.75)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.25)]
    [InlineData(3.5, 0.125)]
    [InlineData(4, 0)]
    [InlineData(5, 0)]
    public void At_FourSteps_Table(double position, double value) => Assert.Equal(value, new Linear(1, 0, 4).At(position));

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Assert.Equal(3, new Linear(1, 3, 0).At(0));

    [Fact]
    public void At_EqualEnds_ExactlyThat() =>
        Assert.All(Enumerable.Range(0, 100), n => Assert.Equal(0.1, new Linear(0.1, 0.1, 7).At(n * 0.1)));

    [Theory]
    [InlineData(double.NaN, 0, 1, "From")]
    [InlineData(0, double.NegativeInfinity, 1, "To")]
    [InlineData(0, 0, -1, "Span")]
    [InlineData(0, 0, double.PositiveInfinity, "Span")]
    public void Constructor_OutOfRange_NamesTheProperty(double from, double to, double length, string property) =>
        Assert.Throws<ArgumentOutOfRangeException>(property, () => new Linear(from, to, length));

    [Fact]
    public void With_OutOfRange_Refused() => Assert.Throws<ArgumentOutOfRangeException>("Span", () => new Linear(0, 1, 2) with { Span = -1 });
}
