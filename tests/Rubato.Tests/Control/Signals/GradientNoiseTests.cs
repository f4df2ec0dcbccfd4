using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed class GradientNoiseTests
{
    [Theory]
    [InlineData(1, 5, 2, 3, 1, 4)]
    [InlineData(10, 3, 40, 1.5, 1, 20)]
    [InlineData(2, 1, 4, 2, 3, -4)]
    [InlineData(1, 4, 2, 1, -2, 6)]
    [InlineData(8, 3, 16, 3, 3, 0)]
    public void Of_TwoBatches_SolvesTheTwoEquations(double smallBatch, double smallSquare, double bigBatch, double bigSquare, double norm, double trace)
    {
        var noise = GradientNoise.Of(smallBatch, smallSquare, bigBatch, bigSquare);
        Assert.Equal(norm, noise.SquaredNorm, 1e-12);
        Assert.Equal(trace, noise.Trace, 1e-12);
        Assert.Equal(smallSquare, noise.SquaredNorm + (noise.Trace / smallBatch), 1e-12);
        Assert.Equal(bigSquare, noise.SquaredNorm + (noise.Trace / bigBatch), 1e-12);
    }

    [Theory]
    [InlineData(0, 1, 2, 1)]
    [InlineData(2, 1, 2, 1)]
    [InlineData(1, 1, double.PositiveInfinity, 1)]
    [InlineData(1, -1, 2, 1)]
    [InlineData(1, double.NaN, 2, 1)]
    [InlineData(1, 1, 2, -1)]
    [InlineData(1, 1, 2, double.NaN)]
    public void Of_OutOfRange_IsRefused(double smallBatch, double smallSquare, double bigBatch, double bigSquare) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientNoise.Of(smallBatch, smallSquare, bigBatch, bigSquare));

    [Theory]
    [InlineData(2, 32)]
    [InlineData(4, 16)]
    [InlineData(16, 4)]
    public void Of_EqualMicroBatches_IsUnbiased(int count, int size) => RequireUnbiased([.. Enumerable.Repeat(size, count)]);

    [Theory]
    [InlineData(48, 16)]
    [InlineData(20, 20, 20, 4)]
    [InlineData(1, 2, 4, 8, 16, 33)]
    public void Of_UnequalMicroBatchesByTheirHarmonicMean_IsUnbiased(params int[] sizes) => RequireUnbiased(sizes);

    [Fact]
    public void Of_UnequalMicroBatchesByTheirArithmeticMean_IsBiased()
    {
        // Small squares 1 + trace * mean(1 / b), which belong to the harmonic mean 8 / 3 of 2 and 4, given as of 3.
        var noise = GradientNoise.Of(3, 1 + (12 * 0.375), 6, 1 + 2);
        Assert.Equal(15, noise.Trace, 1e-12);
    }

    private static void RequireUnbiased(int[] sizes)
    {
        const int Updates = 100_000;
        const double Tolerance = 0.02;
        var source = new NoisyGradients([1, -0.5, 0.25, 1.5, 0.4, 0.2], [3, 1, 0.5, 5, 2, 4]);
        var (norms, traces) = (new double[Updates], new double[Updates]);
        for (var update = 0; update < Updates; update++)
        {
            (norms[update], traces[update]) = source.Measure(5, update, sizes);
        }

        Assert.Equal(source.SquaredNorm, norms.Average(), Tolerance * source.SquaredNorm);
        Assert.Equal(source.Trace, traces.Average(), Tolerance * source.Trace);
        Assert.InRange(StandardError(norms) / source.SquaredNorm, 0, Tolerance / 5);
        Assert.InRange(StandardError(traces) / source.Trace, 0, Tolerance / 5);
    }

    private static double StandardError(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean))) / values.Length;
    }
}
