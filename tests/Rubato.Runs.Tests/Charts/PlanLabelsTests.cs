using Rubato.Runs.Charts;

namespace Rubato.Runs.Tests.Charts;

public sealed class PlanLabelsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0004, "4e-4")]
    [InlineData(-0.000125, "-1.25e-4")]
    [InlineData(9999, "9,999")]
    [InlineData(5120, "5,120")]
    [InlineData(25_000, "25k")]
    [InlineData(2_500_000, "2.5M")]
    [InlineData(3e9, "3G")]
    public void Value_Number_FourDigits(double value, string expected) => Assert.Equal(expected, PlanLabels.Value(value));

    [Theory]
    [InlineData(12.6489, "10^12.65", "10^12.65")]
    [InlineData(-1, "10^-1.00", "10^-1")]
    [InlineData(-0.001, "10^0.00", "10^0")]
    [InlineData(6195.92, "10^6195.92", "10^6195.92")]
    [InlineData(double.NegativeInfinity, "0", "0")]
    public void Power_Exponent_TwoDigits(double exponent, string inText, string onAxis)
    {
        Assert.Equal(inText, PlanLabels.Power(exponent));
        Assert.Equal(onAxis, PlanLabels.OfAxis(exponent, isExponent: true));
    }

    [Fact]
    public void OfAxis_Value_AsItIs() => Assert.Equal("2.5M", PlanLabels.OfAxis(2_500_000, isExponent: false));

    [Fact]
    public void Of_EveryQuantityAndAxis_AName()
    {
        Assert.Equal(["learning rate", "exponential rate", "batch size", "momentum", "weight decay", "noise scale (small batch)", "noise scale (exact)"], Enum.GetValues<PlanQuantity>().Select(PlanLabels.Of));
        Assert.Equal(["epochs", "samples", "updates"], Enum.GetValues<PlanAxis>().Select(PlanLabels.Of));
    }
}
