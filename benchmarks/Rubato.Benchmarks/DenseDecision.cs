namespace Rubato.Benchmarks;

/// <summary>The decision by the full covariance matrix: a Cholesky factor, and a triangular system for each of 500 places.</summary>
internal static class DenseDecision
{
    private const int Places = 500;

    /// <summary>Where the smoothed losses are smallest, if variances of differences are numbers; they are computed as the test needs them.</summary>
    internal static double LowestPast(double[] losses, double signal, double noise)
    {
        var count = losses.Length;
        var mean = losses.Average();
        var factor = Factor(count, signal, noise);
        var values = Forward(factor, [.. losses.Select(loss => loss - mean)]);
        var halves = new double[Places][];
        var means = new double[Places];
        for (var place = 0; place < Places; place++)
        {
            var right = new double[count];
            for (var i = 0; i < count; i++)
            {
                right[i] = Kernel(place / (Places - 1.0), (double)i / count, signal);
            }

            halves[place] = Forward(factor, right);
            means[place] = Dot(halves[place], values, count);
        }

        var last = halves[^1];
        var (highest, best) = (double.NegativeInfinity, 0);
        for (var place = 0; place < Places; place++)
        {
            var cross = Kernel(place / (Places - 1.0), 1, signal) - Dot(halves[place], last, count);
            var variance = (2 * signal) - Dot(halves[place], halves[place], count) - Dot(last, last, count) - (2 * cross) + 1e-4;
            highest = Math.Max(highest, (means[^1] - means[place]) / Math.Sqrt(variance));
            best = means[place] < means[best] ? place : best;
        }

        return double.IsNaN(highest) ? double.NaN : best / (Places - 1.0);
    }

    private static double Kernel(double x, double other, double signal) => signal * Math.Exp(-(x - other) * (x - other) / (2 * 0.2 * 0.2));

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static double[][] Factor(int count, double signal, double noise)
    {
        var factor = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var row = factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var left = Kernel((double)i / count, (double)j / count, signal) + (i == j ? noise : 0) - Dot(row, factor[j], j);
                row[j] = i == j ? Math.Sqrt(left) : left / factor[j][j];
            }
        }

        return factor;
    }

    private static double[] Forward(double[][] factor, double[] right)
    {
        for (var i = 0; i < right.Length; i++)
        {
            right[i] = (right[i] - Dot(factor[i], right, i)) / factor[i][i];
        }

        return right;
    }
}
