using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class ExactNumberTests
{
    [Fact]
    public void Text_PowersOfTwoAndTheirNeighbours_ReadBackEqual() => Assert.All(
        from exponent in Enumerable.Range(-1074, 2098)
        let power = Math.ScaleB(1, exponent)
        from value in new[] { power, Math.BitIncrement(power), Math.BitDecrement(power), -power }
        select value,
        value => Assert.Equal(value, double.Parse(ExactNumber.Text(value), CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-2, "-2")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(-1.75e-5, "-1.75e-5")]
    [InlineData(1e20, "1e20")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Text_OtherNumbers_TheShortest(double value, string text) => Assert.Equal(text, ExactNumber.Text(value));
}
