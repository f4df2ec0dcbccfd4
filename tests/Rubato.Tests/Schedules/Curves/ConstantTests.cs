using Rubato.Schedules.Curves;

namespace Rubato.Tests.Schedules.Curves;

public sealed class ConstantTests
{
    [Fact]
    public void At_AnyPosition_TheValue() =>
        Assert.All((double[])[0, 0.5, 1, 1e12], position => Assert.Equal(-0.25, new Constant(-0.25).At(position)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_NotFinite_Refused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>("Value", () => new Constant(value));
        Assert.Throws<ArgumentOutOfRangeException>("Value", () => new Constant(1) with { Value = value });
    }
}
