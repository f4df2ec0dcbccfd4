using System.Numerics.Tensors;

namespace Rubato.Tests.Rewrites;

/// <summary>
/// The loss <c>1/2 (w - c_i)^2</c> of each of N samples, whose mean lies at 0, under SGD with momentum in PyTorch's convention: <c>v = m v + w + noise;
/// w -= lr v</c>. The noise is that of a batch drawn without replacement, independently of other batches: its variance is
/// <c>s^2 / B (N - B) / (N - 1)</c> for centres of variance s^2 = 1. What is stationary of it has the variance
/// <c>lr (1 + m) / ((1 - m) (2 (1 + m) - lr))</c> times that.
/// </summary>
internal static class NoisyQuadratic
{
    internal const int Samples = 2000;
    private const int Chunk = 512;
    private const int ChunksAtLeast = 16;
    private const int Looks = 32;

    internal static double NoiseVariance(long size) => (double)(Samples - size) / (size * (Samples - 1.0));

    /// <summary>
    /// The variance of w that the recursion keeps: the moments <c>a = E w^2, b = E w v, c = E v^2</c> that one update maps to themselves, by Cramer's rule.
    /// </summary>
    internal static double StationaryVariance(in HyperParameters update)
    {
        var (rate, m) = (update.LearningRate, update.Momentum);

        // c = m^2 c + 2 m b + a + s;  b = m b + a - lr c;  0 = -2 (m b + a) + lr c.
        double[][] matrix = [[-1, -2 * m, 1 - (m * m)], [-1, 1 - m, rate], [-2, -2 * m, rate]];
        double[] right = [NoiseVariance(update.BatchSize), 0, 0];
        double[][] replaced = [.. matrix.Select((row, i) => (double[])[right[i], row[1], row[2]])];
        return Determinant(replaced) / Determinant(matrix);
    }

    /// <summary>By how much the variance is above what the noise scale alone says, from the discrete steps: <c>1 / (1 - lr / (2 (1 + m)))</c>.</summary>
    internal static double StepFactor(in HyperParameters update) => 1 / (1 - (update.LearningRate / (2 * (1 + update.Momentum))));

    /// <summary>The variance of w in a simulation of 8192 coordinates times a factor, which begin at 0, and the standard error of it.</summary>
    internal static (double Variance, double Error) Simulate(in HyperParameters update, int factor, long seed)
    {
        var (rate, m) = (update.LearningRate, update.Momentum);
        var trace = 1 + m - rate;
        var discriminant = (trace * trace) - (4 * m);
        var decay = -Math.Log(discriminant < 0 ? Math.Sqrt(m) : (trace + Math.Sqrt(discriminant)) / 2);

        // The start is forgotten to e^-10 of the variance.
        var (warmUp, between) = ((int)Math.Ceiling(5 / decay), (int)Math.Ceiling(1 / decay));
        var scale = Math.Sqrt(NoiseVariance(update.BatchSize));
        var means = new double[ChunksAtLeast * factor];
        for (var chunk = 0; chunk < means.Length; chunk++)
        {
            var normals = new Normals(seed, chunk);
            var (w, v) = (new double[Chunk], new double[Chunk]);
            var sum = 0.0;
            for (var step = 1; step <= warmUp + ((Looks - 1) * between); step++)
            {
                TensorPrimitives.MultiplyAdd(v, m, w, v);
                TensorPrimitives.MultiplyAdd(normals.Next(), scale, v, v);
                TensorPrimitives.MultiplyAdd(v, -rate, w, w);
                sum += step >= warmUp && (step - warmUp) % between == 0 ? TensorPrimitives.SumOfSquares<double>(w) : 0;
            }

            means[chunk] = sum / (Looks * Chunk);
        }

        var mean = means.Average();
        return (mean, Math.Sqrt(means.Sum(value => (value - mean) * (value - mean)) / (means.Length - 1) / means.Length));
    }

    private static double Determinant(double[][] a) =>
        (a[0][0] * ((a[1][1] * a[2][2]) - (a[1][2] * a[2][1])))
        - (a[0][1] * ((a[1][0] * a[2][2]) - (a[1][2] * a[2][0])))
        + (a[0][2] * ((a[1][0] * a[2][1]) - (a[1][1] * a[2][0])));

    // Box and Muller 1958, a chunk at a time.
    private sealed class Normals(long seed, long stream)
    {
        private readonly double[] _radius = new double[Chunk / 2];
        private readonly double[] _angle = new double[Chunk / 2];
        private readonly double[] _normals = new double[Chunk];
        private CounterRandom _random = new(seed, stream, 0);

        internal ReadOnlySpan<double> Next()
        {
            for (var i = 0; i < _radius.Length; i++)
            {
                _radius[i] = 1 - _random.NextDouble();
                _angle[i] = 2 * Math.PI * _random.NextDouble();
            }

            TensorPrimitives.Log<double>(_radius, _radius);
            TensorPrimitives.Multiply(_radius, -2, _radius);
            TensorPrimitives.Sqrt<double>(_radius, _radius);
            var half = _normals.AsSpan(0, Chunk / 2);
            TensorPrimitives.Cos<double>(_angle, half);
            TensorPrimitives.Multiply(half, _radius, half);
            half = _normals.AsSpan(Chunk / 2);
            TensorPrimitives.Sin<double>(_angle, half);
            TensorPrimitives.Multiply(half, _radius, half);
            return _normals;
        }
    }
}
