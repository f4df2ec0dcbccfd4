using Rubato.Numerics;

namespace Rubato.Tests.Numerics;

public sealed class NormalDistributionTests
{
    // Half of the complementary error function of the C library, by way of Python's math.erfc.
    [Theory]
    [InlineData(-8, 6.220960574271819e-16)]
    [InlineData(-5, 2.866515718791946e-07)]
    [InlineData(-3, 0.0013498980316300957)]
    [InlineData(-2, 0.02275013194817922)]
    [InlineData(-1.6448536269514722, 0.05000000000000007)]
    [InlineData(-1, 0.15865525393145707)]
    [InlineData(-0.5, 0.3085375387259869)]
    [InlineData(-0.1, 0.460172162722971)]
    [InlineData(0, 0.5)]
    [InlineData(0.1, 0.539827837277029)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(1.6448536269514722, 0.95)]
    [InlineData(2, 0.9772498680518208)]
    [InlineData(3, 0.9986501019683699)]
    [InlineData(5, 0.9999997133484281)]
    [InlineData(8, 0.9999999999999993)]
    public void Cdf_Table_FourteenDigits(double z, double expected) => Assert.Equal(expected, NormalDistribution.Cdf(z), 2e-14 * expected);

    [Fact]
    public void Cdf_EveryTenth_TheIntegralOfTheDensity()
    {
        for (var tenth = -80; tenth <= 80; tenth++)
        {
            Assert.Equal(NormalIntegral.Of(tenth / 10.0), NormalDistribution.Cdf(tenth / 10.0), 1e-14);
        }
    }

    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(-1e200, 0)]
    [InlineData(1e200, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Cdf_FarOut_Limits(double z, double expected) => Assert.Equal(expected, NormalDistribution.Cdf(z));

    [Fact]
    public void Cdf_NotANumber_NotANumber() => Assert.True(double.IsNaN(NormalDistribution.Cdf(double.NaN)));
}
