using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class GaussianProcessFitTests
{
    [Theory]
    [InlineData(100, 0.02)]
    [InlineData(100, 0.2)]
    [InlineData(100, 1)]
    [InlineData(500, 0.02)]
    [InlineData(500, 0.2)]
    [InlineData(500, 1)]
    public void LogMarginalLikelihood_AnyVariances_TheDenseTwins(int count, double noise)
    {
        var (x, y) = (LossCurves.Places(count), LossCurves.Valley(count, 0.6, noise, count));
        var fit = GaussianProcessFit.Of(x, y);

        foreach (var signal in (double[])[0.01, 1, 30])
        {
            var twin = new DenseGaussianProcess(x, y, y.Average(), signal, noise * noise);
            Near(twin.LogMarginalLikelihood, fit.LogMarginalLikelihood(signal, noise * noise), 1e-8);
        }
    }

    [Fact]
    public void Evidence_Derivatives_TheDenseTwins()
    {
        var (x, y) = (LossCurves.Places(60), LossCurves.Valley(60, 0.6, 0.2, 3));
        var fit = GaussianProcessFit.Of(x, y);
        foreach (var (signal, noise, shift) in ((double, double, double)[])[(1, 0.04, 0), (0.3, 0.01, 0.5), (5, 2, -0.2)])
        {
            var found = fit.Evidence(signal, noise, shift);
            var twin = new DenseGaussianProcess(x, y, y.Average() + shift, signal, noise).Gradient();
            Near(twin.Value, found.Value, 1e-9);
            Near(twin.BySignal, found.BySignal, 1e-9);
            Near(twin.ByNoise, found.ByNoise, 1e-9);
            Near(twin.ByMean, found.ByMean, 1e-9);
        }
    }

    [Fact]
    public void Of_ValuesThatAreNotFinite_LeftOutButKeepTheirPlaces()
    {
        var (x, y) = (LossCurves.Places(100), LossCurves.Valley(100, 0.6, 0.1, 1));
        (y[3], y[50], y[99]) = (double.NaN, double.PositiveInfinity, double.NegativeInfinity);
        var kept = Enumerable.Range(0, 100).Where(i => double.IsFinite(y[i])).ToArray();

        var fit = GaussianProcessFit.Of(x, y);
        var without = GaussianProcessFit.Of([.. kept.Select(i => x[i])], [.. kept.Select(i => y[i])]);

        Assert.Equal(97, fit.Count);
        Near(without.LogMarginalLikelihood(1, 0.01), fit.LogMarginalLikelihood(1, 0.01), 1e-12);
        Assert.Equal(fit.LogMarginalLikelihood(1, 0.01), GaussianProcessFit.Of(y).LogMarginalLikelihood(1, 0.01));
    }

    [Fact]
    public void Of_AnotherOrder_SameLikelihood() => Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var (x, y) = (LossCurves.Places(40), LossCurves.Valley(40, 0.5, 0.3, seed));
        var order = Enumerable.Range(0, 40).ToArray();
        new CounterRandom(seed, 1, 1).Shuffle<int>(order);
        var shuffled = GaussianProcessFit.Of([.. order.Select(i => x[i])], [.. order.Select(i => y[i])]).MostLikely();
        var found = GaussianProcessFit.Of(x, y).MostLikely();
        Near(found.LogMarginalLikelihood, shuffled.LogMarginalLikelihood, 1e-10);
        Near(found.Mean(0.3), shuffled.Mean(0.3), 1e-5);
    }));

    [Fact]
    public void MostLikely_ShiftedAndScaledValues_ShiftedAndScaledPosterior() => Check.QuickThrowOnFailure(Prop.ForAll<int>(seed =>
    {
        var y = LossCurves.Valley(50, 0.6, 0.2, seed);
        var random = new CounterRandom(seed, 2, 2);
        var (scale, shift) = (Math.Exp(random.NextDouble(-4, 4)), random.NextDouble(-5, 5));
        var found = GaussianProcessFit.Of(y).MostLikely();
        var changed = GaussianProcessFit.Of([.. y.Select(value => shift + (scale * value))]).MostLikely();
        Near(shift + (scale * found.Mean(0.4)), changed.Mean(0.4), 1e-5);
        Near(scale * scale * found.NoiseVariance, changed.NoiseVariance, 1e-4);
        Near(found.LogMarginalLikelihood - (50 * Math.Log(scale)), changed.LogMarginalLikelihood, 1e-8);
    }));

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void MostLikely_Curve_NoVariancesAroundAreLikelier(double noise)
    {
        var fit = GaussianProcessFit.Of(LossCurves.Valley(200, 0.6, noise, 5));
        var best = fit.MostLikely();

        Assert.Equal(noise, Math.Sqrt(best.NoiseVariance), noise * 0.3);
        for (var signal = -4.0; signal <= 4; signal += 0.25)
        {
            for (var other = -4.0; other <= 2; other += 0.25)
            {
                Assert.True(fit.LogMarginalLikelihood(Math.Pow(10, signal), Math.Pow(10, other)) <= best.LogMarginalLikelihood);
            }
        }

        foreach (var factor in (double[])[0.99, 1.01])
        {
            Assert.True(fit.LogMarginalLikelihood(best.SignalVariance * factor, best.NoiseVariance) < best.LogMarginalLikelihood);
            Assert.True(fit.LogMarginalLikelihood(best.SignalVariance, best.NoiseVariance * factor) < best.LogMarginalLikelihood);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.302585)]
    [InlineData(1e6)]
    public void MostLikely_EqualValues_ThatValueAndNoVerdict(double value)
    {
        var found = GaussianProcessFit.Of([.. Enumerable.Repeat(value, 100)]).MostLikely();

        Near(value, found.Mean(0.7), 1e-12);
        Assert.Equal(0.5, found.ProbabilityThatMinimumIsPast(), 1e-6);
    }

    [Fact]
    public void MostLikely_OneValue_ThatValue() => Assert.Equal(3.5, GaussianProcessFit.Of([double.NaN, 3.5]).MostLikely().Mean(0.1), 1e-9);

    [Fact]
    public void Of_Wrong_OneSentence()
    {
        Assert.StartsWith("x has 1 numbers and y has 2", Assert.Throws<ArgumentException>(() => GaussianProcessFit.Of([0], [1, 2])).Message, StringComparison.Ordinal);
        Assert.StartsWith("y must have at least one finite value", Assert.Throws<ArgumentException>(() => GaussianProcessFit.Of([double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianProcessFit.Of([1.1], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianProcessFit.Of([double.NaN], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianProcessFit.Of([1]).At(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianProcessFit.Of([1]).At(-1, 1));
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * Math.Max(1, Math.Abs(expected)));
}
