using Rubato.Cli.Display;

namespace Rubato.Cli.Tests.Display;

public sealed class AxisTicksTests
{
    [Theory]
    [InlineData(0, 30, 7, "0 5 10 15 20 25 30")]
    [InlineData(0, 1, 6, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 0.3, 4, "0 0.1 0.2 0.3")]
    [InlineData(0.85, 0.95, 3, "0.85 0.9 0.95")]
    [InlineData(128, 3200, 3, "2000")]
    [InlineData(1, 1.9, 2, "1")]
    [InlineData(0, 7, 8, "0 1 2 3 4 5 6 7")]
    [InlineData(0, 6.5e9, 4, "0 5000000000")]
    public void Linear_Axis_RoundValuesWithinIt(double low, double high, int most, string expected) =>
        Assert.Equal(expected, string.Join(' ', AxisTicks.Linear(low, high, most)));

    [Theory]
    [InlineData(1e-3, 1, 4, "0.001 0.01 0.1 1")]
    [InlineData(1e-6, 0.99, 6, "1E-06 0.0001 0.01")]
    [InlineData(2, 9, 3, "")]
    [InlineData(1, 1.0000001, 3, "1")]
    public void Logarithmic_Axis_PowersOfTenWithinIt(double low, double high, int most, string expected) =>
        Assert.Equal(expected, string.Join(' ', AxisTicks.Logarithmic(low, high, most)));
}
