using Rubato.Numerics;

namespace Rubato.Control.Signals;

/// <summary>
/// The posterior of a smooth function on [0, 1] that was seen with noise, made by <see cref="GaussianProcessFit"/>; and the test of AutoWU, whether
/// the function has its minimum behind it.
/// </summary>
/// <remarks>
/// With features <c>z(x)</c> in which the Gram matrix is diagonal: <c>mean(x) = mean + z(x)' (s2 c / (s2 d + v))</c>, <c>cov(x, x') = z(x)' diag(s2 v / (s2 d
/// + v)) z(x')</c>. Immutable and safe for use by several threads.
/// </remarks>
public sealed class GaussianProcess
{
    private const int Places = 500;

    // Kim et al. 2021, reference code: added to the variance of a difference, for numerical stability.
    private const double Jitter = 1e-4;

    private static readonly double[] GridPolynomials = Grid();

    private readonly double[] _basis;
    private readonly double[] _variances;
    private readonly double[] _series;

    internal GaussianProcess(
        double constant, double signal, double noise, double logMarginalLikelihood, double[] basis, ReadOnlySpan<double> weights, double[] variances)
    {
        Constant = constant;
        SignalVariance = signal;
        NoiseVariance = noise;
        LogMarginalLikelihood = logMarginalLikelihood;
        _basis = basis;
        _variances = variances;
        _series = new double[KernelFeatures.Terms];
        for (var i = 0; i < basis.Length; i++)
        {
            _series[i / weights.Length] += basis[i] * weights[i % weights.Length];
        }
    }

    /// <summary>The constant mean before anything was seen.</summary>
    public double Constant { get; }

    /// <summary>The kernel's variance.</summary>
    public double SignalVariance { get; }

    /// <summary>The noise's variance.</summary>
    public double NoiseVariance { get; }

    /// <summary>The logarithm of the probability density of the values that were seen.</summary>
    public double LogMarginalLikelihood { get; }

    /// <summary>The posterior mean.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <returns>The smoothed value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not in [0, 1].</exception>
    public double Mean(double x)
    {
        Span<double> polynomials = stackalloc double[KernelFeatures.Terms];
        KernelFeatures.Polynomials(GaussianProcessFit.RequireInRange(x, nameof(x)), polynomials);
        return MeanOf(polynomials);
    }

    /// <summary>The posterior variance of the function itself, without noise.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <returns>At least 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not in [0, 1].</exception>
    public double Variance(double x) => Covariance(x, x);

    /// <summary>The posterior covariance of the function itself at two places.</summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="other">In [0, 1].</param>
    /// <returns>The covariance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A place is not in [0, 1].</exception>
    public double Covariance(double x, double other)
    {
        Span<double> polynomials = stackalloc double[KernelFeatures.Terms];
        Span<double> first = stackalloc double[_variances.Length];
        Span<double> second = stackalloc double[_variances.Length];
        KernelFeatures.Polynomials(GaussianProcessFit.RequireInRange(x, nameof(x)), polynomials);
        Features(polynomials, first);
        KernelFeatures.Polynomials(GaussianProcessFit.RequireInRange(other, nameof(other)), polynomials);
        Features(polynomials, second);
        var sum = 0.0;
        for (var m = 0; m < first.Length; m++)
        {
            sum += first[m] * second[m] * _variances[m];
        }

        return sum;
    }

    /// <summary>
    /// The largest probability that the function was lower before than it is at 1, over the places <c>x_i = i / 499</c>, i = 0..498: <c>max_i
    /// Phi((mean(1) - mean(x_i)) / sqrt(var(f(1) - f(x_i)) + 1e-4))</c>.
    /// </summary>
    /// <returns>In [0, 1].</returns>
    /// <remarks>Kim et al. 2021, arXiv 2107.05855; the 1e-4 is that of their code, in squared units of the loss.</remarks>
    public double ProbabilityThatMinimumIsPast()
    {
        Span<double> last = stackalloc double[_variances.Length];
        Span<double> features = stackalloc double[_variances.Length];
        var lastPolynomials = GridPolynomials.AsSpan((Places - 1) * KernelFeatures.Terms);
        Features(lastPolynomials, last);
        var lastMean = MeanOf(lastPolynomials);
        var highest = double.NegativeInfinity;
        for (var i = 0; i < Places - 1; i++)
        {
            var polynomials = GridPolynomials.AsSpan(i * KernelFeatures.Terms, KernelFeatures.Terms);
            Features(polynomials, features);

            // The variance of the difference, from the difference of the features: no cancellation.
            var variance = Jitter;
            for (var m = 0; m < features.Length; m++)
            {
                var apart = features[m] - last[m];
                variance += apart * apart * _variances[m];
            }

            highest = Math.Max(highest, (lastMean - MeanOf(polynomials)) / Math.Sqrt(variance));
        }

        return NormalDistribution.Cdf(highest);
    }

    /// <summary>Where the posterior mean is smallest: the first such place among <c>i / 499</c>, i = 0..499.</summary>
    /// <returns>In [0, 1].</returns>
    public double ArgMin()
    {
        var (best, lowest) = (0, double.PositiveInfinity);
        for (var i = 0; i < Places; i++)
        {
            var mean = MeanOf(GridPolynomials.AsSpan(i * KernelFeatures.Terms, KernelFeatures.Terms));
            if (mean < lowest)
            {
                (best, lowest) = (i, mean);
            }
        }

        return PlaceOf(best);
    }

    /// <summary>The probability that the function is lower at one place than at another; a half where nothing tells them apart.</summary>
    internal double ProbabilityThatLower(double x, double other)
    {
        Span<double> polynomials = stackalloc double[KernelFeatures.Terms];
        Span<double> first = stackalloc double[_variances.Length];
        Span<double> second = stackalloc double[_variances.Length];
        KernelFeatures.Polynomials(x, polynomials);
        Features(polynomials, first);
        KernelFeatures.Polynomials(other, polynomials);
        Features(polynomials, second);
        var variance = 0.0;
        for (var m = 0; m < first.Length; m++)
        {
            var apart = first[m] - second[m];
            variance += apart * apart * _variances[m];
        }

        var lower = Mean(other) - Mean(x);
        return NormalDistribution.Cdf(lower == 0 ? 0 : lower / Math.Sqrt(variance));
    }

    private static double PlaceOf(int i) => i / (Places - 1.0);

    private static double[] Grid()
    {
        var grid = new double[Places * KernelFeatures.Terms];
        for (var i = 0; i < Places; i++)
        {
            KernelFeatures.Polynomials(PlaceOf(i), grid.AsSpan(i * KernelFeatures.Terms, KernelFeatures.Terms));
        }

        return grid;
    }

    private double MeanOf(ReadOnlySpan<double> polynomials)
    {
        var sum = 0.0;
        for (var k = 0; k < _series.Length; k++)
        {
            sum += _series[k] * polynomials[k];
        }

        return Constant + sum;
    }

    private void Features(ReadOnlySpan<double> polynomials, Span<double> features)
    {
        features.Clear();
        var basis = _basis.AsSpan();
        for (var k = 0; k < KernelFeatures.Terms; k++)
        {
            var row = basis.Slice(k * features.Length, features.Length);
            for (var m = 0; m < features.Length; m++)
            {
                features[m] += polynomials[k] * row[m];
            }
        }
    }
}
