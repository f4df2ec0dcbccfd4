using Rubato.Schedules.Curves;

namespace Rubato.Tests.Schedules.Curves;

public sealed class CosineTests
{
    // (1 + cos(pi t / 6)) / 2 at the angles that everybody knows.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.9330127018922193)]
    [InlineData(2, 0.75)]
    [InlineData(3, 0.5)]
    [InlineData(4, 0.25)]
    [InlineData(5, 0.0669872981077807)]
    [InlineData(6, 0)]
    [InlineData(7, 0)]
    public void At_SixSteps_Table(double position, double value) => Assert.Equal(value, new Cosine(1, 0, 6).At(position), 1e-15);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(5, 1.25)]
    [InlineData(10, 2)]
    public void At_Rising_Table(double position, double value) => Assert.Equal(value, new Cosine(0.5, 2, 10).At(position), 1e-15);

    [Fact]
    public void At_JustBeforeTheEnd_CloseToTheEnd() => Assert.Equal(0, new Cosine(1, 0, 6).At(Math.BitDecrement(6.0)), 1e-15);

    [Fact]
    public void At_Falling_NeverRises()
    {
        var cosine = new Cosine(0.3, 0.01, 1000);
        for (var position = 1; position <= 1001; position++)
        {
            Assert.True(cosine.At(position) <= cosine.At(position - 1));
        }
    }

    [Fact]
    public void At_LengthZero_TheEndAtOnce() => Assert.Equal(3, new Cosine(1, 3, 0).At(0));

    [Theory]
    [InlineData(double.NaN, 0, 1, "From")]
    [InlineData(0, double.NaN, 1, "To")]
    [InlineData(0, 0, -1, "Span")]
    public void Constructor_OutOfRange_NamesTheProperty(double from, double to, double length, string property) =>
        Assert.Throws<ArgumentOutOfRangeException>(property, () => new Cosine(from, to, length));
}
