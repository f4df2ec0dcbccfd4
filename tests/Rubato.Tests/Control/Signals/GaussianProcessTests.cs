using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class GaussianProcessTests
{
    private static readonly double[] Probes = [0, 0.01, 0.25, 0.5, 0.77, 0.99, 1];

    [Theory]
    [InlineData(100, 0.02)]
    [InlineData(100, 0.2)]
    [InlineData(100, 1)]
    [InlineData(500, 0.02)]
    [InlineData(500, 0.2)]
    [InlineData(500, 1)]
    public void Posterior_AnyPlaces_TheDenseTwins(int count, double noise)
    {
        var (x, y) = (LossCurves.Places(count), LossCurves.Valley(count, 0.6, noise, count));
        var found = GaussianProcessFit.Of(x, y).At(1.5, noise * noise);
        var (means, covariance) = new DenseGaussianProcess(x, y, y.Average(), 1.5, noise * noise).At(Probes);

        for (var i = 0; i < Probes.Length; i++)
        {
            Assert.Equal(means[i], found.Mean(Probes[i]), 1e-8);
            Assert.Equal(covariance(i, i), found.Variance(Probes[i]), 1e-10);
            for (var j = 0; j < Probes.Length; j++)
            {
                Assert.Equal(covariance(i, j), found.Covariance(Probes[i], Probes[j]), 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(0.5, 0.3, 3)]
    [InlineData(0.8, 0.5, 4)]
    [InlineData(1.0, 0.2, 5)]
    [InlineData(0.95, 0.5, 6)]
    public void ProbabilityThatMinimumIsPast_AnyCurve_TheDenseTwins(double turn, double noise, long seed)
    {
        var (x, y) = (LossCurves.Places(150), LossCurves.Valley(150, turn, noise, seed));
        var found = GaussianProcessFit.Of(x, y).MostLikely();
        var grid = Enumerable.Range(0, 500).Select(i => i / 499.0).ToArray();
        var (means, covariance) = new DenseGaussianProcess(x, y, y.Average(), found.SignalVariance, found.NoiseVariance).At(grid);
        var highest = Enumerable.Range(0, 499)
            .Max(i => (means[499] - means[i]) / Math.Sqrt(covariance(i, i) + covariance(499, 499) - (2 * covariance(i, 499)) + 1e-4));

        Assert.Equal(Numerics.NormalIntegral.Of(highest), found.ProbabilityThatMinimumIsPast(), 1e-7);
        Assert.Equal(Array.IndexOf(means, means.Min()) / 499.0, found.ArgMin());
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void ProbabilityThatMinimumIsPast_ClearValley_AlmostOne(double noise)
    {
        var found = GaussianProcessFit.Of(LossCurves.Valley(300, 0.6, noise, 1)).MostLikely();

        Assert.True(found.ProbabilityThatMinimumIsPast() > 0.999);
        Assert.Equal(0.6, found.ArgMin(), 0.1);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void ProbabilityThatMinimumIsPast_StillFalling_NoVerdict(double noise)
    {
        var found = GaussianProcessFit.Of(LossCurves.Valley(300, 1, noise, 1)).MostLikely();

        Assert.True(found.ProbabilityThatMinimumIsPast() < 0.95);
        Assert.True(found.ArgMin() > 0.9);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Mean_OutOfRange_Refused(double x)
    {
        var found = GaussianProcessFit.Of([1, 2, 3]).At(1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => found.Mean(x));
        Assert.Throws<ArgumentOutOfRangeException>(() => found.Variance(x));
        Assert.Throws<ArgumentOutOfRangeException>(() => found.Covariance(0.5, x));
    }
}
