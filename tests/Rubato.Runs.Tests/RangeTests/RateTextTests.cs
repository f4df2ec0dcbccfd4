using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

public sealed class RateTextTests
{
    [Theory]
    [InlineData(0.0312, "0.031")]
    [InlineData(0.12, "0.12")]
    [InlineData(12.4, "12")]
    [InlineData(124, "120")]
    [InlineData(0.000312, "3.1e-4")]
    [InlineData(0.0009999, "0.001")]
    [InlineData(2.5e7, "2.5e7")]
    public void Of_Number_TwoDigits(double rate, string expected) => Assert.Equal(expected, RateText.Of(rate));
}
