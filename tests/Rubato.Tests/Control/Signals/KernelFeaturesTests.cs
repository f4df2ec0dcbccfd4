using Rubato.Control.Signals;

namespace Rubato.Tests.Control.Signals;

public sealed class KernelFeaturesTests
{
    [Fact]
    public void Products_AllPairsOfPlaces_TheKernel()
    {
        for (var i = 0; i <= 60; i++)
        {
            for (var j = 0; j <= 60; j++)
            {
                var apart = (i - j) / 60.0;
                var product = Features(i / 60.0).Zip(Features(j / 60.0), (left, right) => left * right).Sum();
                Assert.Equal(Math.Exp(-apart * apart / (2 * 0.2 * 0.2)), product, 1e-14);
            }
        }
    }

    [Fact]
    public void Rank_IsSmall() => Assert.InRange(KernelFeatures.Rank, 18, 25);

    [Fact]
    public void Polynomials_AnyPlace_CosinesOfMultiplesOfTheAngle()
    {
        var values = new double[10];
        KernelFeatures.Polynomials(0.3, values);
        for (var k = 0; k < values.Length; k++)
        {
            Assert.Equal(Math.Cos(k * Math.Acos(-0.4)), values[k], 1e-14);
        }
    }

    private static double[] Features(double x)
    {
        var polynomials = new double[KernelFeatures.Terms];
        KernelFeatures.Polynomials(x, polynomials);
        return [.. Enumerable.Range(0, KernelFeatures.Rank).Select(m =>
            polynomials.Select((value, k) => value * KernelFeatures.Loadings[(k * KernelFeatures.Rank) + m]).Sum())];
    }
}
