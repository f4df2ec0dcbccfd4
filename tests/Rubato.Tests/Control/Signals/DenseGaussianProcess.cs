namespace Rubato.Tests.Control;

/// <summary>The slow, obvious twin: a Gaussian process by the Cholesky factor of its full covariance matrix.</summary>
internal sealed class DenseGaussianProcess
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double _mean;
    private readonly double _signal;
    private readonly double _noise;
    private readonly double[][] _factor;
    private readonly double[] _solved;

    internal DenseGaussianProcess(double[] x, double[] y, double mean, double signal, double noise)
    {
        var kept = Enumerable.Range(0, y.Length).Where(i => double.IsFinite(y[i])).ToArray();
        _x = [.. kept.Select(i => x[i])];
        _y = [.. kept.Select(i => y[i] - mean)];
        (_mean, _signal, _noise) = (mean, signal, noise);
        _factor = Cholesky();
        _solved = Solve(_y);
    }

    internal double LogMarginalLikelihood =>
        -0.5 * (_y.Zip(_solved, (y, solved) => y * solved).Sum()
            + (2 * _factor.Select((row, i) => Math.Log(row[i])).Sum())
            + (_y.Length * Math.Log(2 * Math.PI)));

    internal double Mean(double x) => _mean + Kernels(x).Zip(_solved, (kernel, solved) => kernel * solved).Sum();

    internal double Covariance(double x, double other) => Kernel(x, other) - Kernels(x).Zip(Solve(Kernels(other)), (left, right) => left * right).Sum();

    // The rows of L^-1 K(x, places): covariances are differences of their products.
    internal (double[] Means, Func<int, int, double> Covariance) At(double[] places)
    {
        var halves = places.Select(place => Forward(Kernels(place))).ToArray();
        return ([.. places.Select(Mean)], (i, j) => Kernel(places[i], places[j]) - Dot(halves[i], halves[j]));
    }

    // (log likelihood, by signal variance, by noise variance, by mean), from traces with the inverse.
    internal (double Value, double BySignal, double ByNoise, double ByMean) Gradient()
    {
        var n = _y.Length;
        var (bySignal, byNoise) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var unit = new double[n];
            unit[i] = 1;
            var column = Solve(unit);
            byNoise += (_solved[i] * _solved[i]) - column[i];
            for (var j = 0; j < n; j++)
            {
                bySignal += ((_solved[i] * _solved[j]) - column[j]) * Kernel(_x[i], _x[j]) / _signal;
            }
        }

        return (LogMarginalLikelihood, bySignal / 2, byNoise / 2, _solved.Sum());
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private double Kernel(double x, double other) => _signal * Math.Exp(-(x - other) * (x - other) / (2 * 0.2 * 0.2));

    private double[] Kernels(double x) => [.. _x.Select(other => Kernel(x, other))];

    private double[][] Cholesky()
    {
        var factor = new double[_x.Length][];
        for (var i = 0; i < factor.Length; i++)
        {
            factor[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var sum = Kernel(_x[i], _x[j]) + (i == j ? _noise : 0);
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i][k] * factor[j][k];
                }

                factor[i][j] = i == j ? Math.Sqrt(sum) : sum / factor[j][j];
            }
        }

        return factor;
    }

    private double[] Forward(double[] right)
    {
        var solved = (double[])right.Clone();
        for (var i = 0; i < solved.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                solved[i] -= _factor[i][k] * solved[k];
            }

            solved[i] /= _factor[i][i];
        }

        return solved;
    }

    private double[] Solve(double[] right)
    {
        var solved = Forward(right);
        for (var i = solved.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < solved.Length; k++)
            {
                solved[i] -= _factor[k][i] * solved[k];
            }

            solved[i] /= _factor[i][i];
        }

        return solved;
    }
}
