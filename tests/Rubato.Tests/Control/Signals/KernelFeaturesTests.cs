using Rubato.Control;

namespace Rubato.Tests.Control;

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
    public void GramOf_EvenlySpreadPlaces_CloseToDiagonal()
    {
        const int Count = 20_000;
        var places = Enumerable.Range(0, Count).Select(i => Features((i + 0.5) / Count)).ToArray();
        for (var l = 0; l < 8; l++)
        {
            for (var m = 0; m < l; m++)
            {
                var (first, second) = (places.Sum(at => at[l] * at[l]), places.Sum(at => at[m] * at[m]));
                Assert.InRange(places.Sum(at => at[l] * at[m]) / Math.Sqrt(first * second), -1e-5, 1e-5);
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
        var features = new double[KernelFeatures.Rank];
        KernelFeatures.At(x, features);
        return features;
    }
}
