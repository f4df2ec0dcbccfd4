using Rubato.Control;

namespace Rubato.Tests.Control;

/// <summary>Gradients of known mean and known noise: the mean of a batch of b samples is normal with variance <c>sigma^2 / b</c> in each direction.</summary>
internal sealed class NoisyGradients(double[] gradient, double[] sigma)
{
    internal double SquaredNorm { get; } = gradient.Sum(value => value * value);

    internal double Trace { get; } = sigma.Sum(value => value * value);

    internal double NoiseScale => Trace / SquaredNorm;

    /// <summary>A gradient of squared norm 1, with noise of the same strength in each of so many directions.</summary>
    internal static NoisyGradients Even(int directions, double noiseScale) => new(
        [.. Enumerable.Repeat(Math.Sqrt(1.0 / directions), directions)],
        [.. Enumerable.Repeat(Math.Sqrt(noiseScale / directions), directions)]);

    /// <summary>What one update of micro-batches of these sizes measures.</summary>
    internal GradientNoise Measure(long seed, long update, params ReadOnlySpan<int> microBatches)
    {
        var random = new CounterRandom(seed, 11, update);
        var (batch, inverse, small) = (0, 0.0, 0.0);
        var sum = new double[gradient.Length];
        foreach (var size in microBatches)
        {
            batch += size;
            inverse += 1.0 / size;
            for (var i = 0; i < sum.Length; i++)
            {
                var value = gradient[i] + (sigma[i] * random.NextNormal() / Math.Sqrt(size));
                small += value * value;
                sum[i] += size * value;
            }
        }

        var big = sum.Sum(value => value * value) / batch / batch;
        return GradientNoise.Of(microBatches.Length / inverse, small / microBatches.Length, batch, big);
    }
}
