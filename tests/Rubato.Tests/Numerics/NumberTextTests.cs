using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, 4, "0")]
    [InlineData(1e-5, 4, "1e-5")]
    [InlineData(1.75e-5, 4, "1.75e-5")]
    [InlineData(-1.23456e-4, 4, "-1.235e-4")]
    [InlineData(9.9996e-4, 4, "0.001")]
    [InlineData(0.00123456, 3, "0.00123")]
    [InlineData(0.1, 6, "0.1")]
    [InlineData(3200, 6, "3,200")]
    [InlineData(3200, 4, "3,200")]
    [InlineData(-1234567, 6, "-1,234,570")]
    [InlineData(999.96, 4, "1,000")]
    [InlineData(2.5e15, 4, "2.5e15")]
    [InlineData(4, 1, "4")]
    [InlineData(double.NaN, 4, "NaN")]
    [InlineData(double.PositiveInfinity, 4, "Infinity")]
    [InlineData(double.NegativeInfinity, 4, "-Infinity")]
    public void Of_DigitsAndGroups(double value, int digits, string text) => Assert.Equal(text, NumberText.Of(value, digits));
}
