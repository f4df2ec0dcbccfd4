using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// The posterior of a smooth function on [0, 1] that was seen with noise, made by <see cref="GaussianProcessFit"/>; and the test of AutoWU,
/// whether the function has its minimum behind it.
/// </summary>
/// <remarks>
/// With features <c>z(x)</c> in which the Gram matrix is diagonal: <c>mean(x) = mean + z(x)' (s2 c / (s2 d + v))</c>, <c>cov(x, x') = z(x)'
/// diag(s2 v / (s2 d + v)) z(x')</c>. Immutable and safe for use by several threads.
/// </remarks>
public sealed class GaussianProcess
{
    private const int Places = 500;

    // Kim et al. 2021, reference code: added to the variance of a difference, for numerical stability.
    private const double Jitter = 1e-4;

    // Feature by feature, each at all places.
    private static readonly double[] GridFeatures = Grid(apart: false);

    // What each is above its value at 1: differences that are formed here lose nothing to cancellation later.
    private static readonly double[] GridDifferences = Grid(apart: true);

    private readonly double[] _vectors;
    private readonly double[] _variances;
    private readonly double[] _weights;

    internal GaussianProcess(
        double constant,
        double signal,
        double noise,
        double logMarginalLikelihood,
        double[] vectors,
        ReadOnlySpan<double> weights,
        double[] variances)
    {
        Constant = constant;
        SignalVariance = signal;
        NoiseVariance = noise;
        LogMarginalLikelihood = logMarginalLikelihood;
        _vectors = vectors;
        _variances = variances;
        _weights = new double[weights.Length];
        Vectors.Combine(_weights, vectors, weights);
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
        Span<double> features = stackalloc double[_weights.Length];
        KernelFeatures.At(GaussianProcessFit.RequireInRange(x, nameof(x)), features);
        var sum = 0.0;
        for (var m = 0; m < features.Length; m++)
        {
            sum += _weights[m] * features[m];
        }

        return Constant + sum;
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
        Span<double> first = stackalloc double[_variances.Length];
        Span<double> second = stackalloc double[_variances.Length];
        Features(GaussianProcessFit.RequireInRange(x, nameof(x)), first);
        Features(GaussianProcessFit.RequireInRange(other, nameof(other)), second);
        var sum = 0.0;
        for (var m = 0; m < first.Length; m++)
        {
            sum += first[m] * second[m] * _variances[m];
        }

        return sum;
    }

    /// <summary>
    /// The largest probability that the function was lower before than it is at 1, over the places <c>x_i = i / 499</c>, i = 0..498:
    /// <c>max_i Phi((mean(1) - mean(x_i)) / sqrt(var(f(1) - f(x_i)) + 1e-4))</c>.
    /// </summary>
    /// <returns>In [0, 1].</returns>
    /// <remarks>Kim et al. 2021, arXiv 2107.05855; the 1e-4 is that of their code, in squared units of the loss.</remarks>
    public double ProbabilityThatMinimumIsPast()
    {
        Span<double> means = stackalloc double[Places];
        Span<double> variances = stackalloc double[Places];
        Span<double> apart = stackalloc double[Places];
        Means(means);
        variances.Clear();
        var rank = _variances.Length;
        for (var m = 0; m < rank; m++)
        {
            Vectors.Combine(apart, GridDifferences, _vectors.AsSpan(m * rank, rank));
            for (var i = 0; i < Places; i++)
            {
                variances[i] += _variances[m] * apart[i] * apart[i];
            }
        }

        var highest = double.NegativeInfinity;
        for (var i = 0; i < Places - 1; i++)
        {
            highest = Math.Max(highest, (means[Places - 1] - means[i]) / Math.Sqrt(variances[i] + Jitter));
        }

        return NormalDistribution.Cdf(highest);
    }

    /// <summary>Where the posterior mean is smallest: the first such place among <c>i / 499</c>, i = 0..499.</summary>
    /// <returns>In [0, 1].</returns>
    public double ArgMin()
    {
        Span<double> means = stackalloc double[Places];
        Means(means);
        var best = 0;
        for (var i = 1; i < Places; i++)
        {
            best = means[i] < means[best] ? i : best;
        }

        return PlaceOf(best);
    }

    /// <summary>The probability that the function is lower at one place than at another; a half where nothing tells them apart.</summary>
    internal double ProbabilityThatLower(double x, double other)
    {
        Span<double> first = stackalloc double[_variances.Length];
        Span<double> second = stackalloc double[_variances.Length];
        Features(x, first);
        Features(other, second);
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

    private static double[] Grid(bool apart)
    {
        Span<double> features = stackalloc double[KernelFeatures.Rank];
        var last = new double[KernelFeatures.Rank];
        if (apart)
        {
            KernelFeatures.At(1, last);
        }

        var grid = new double[features.Length * Places];
        for (var i = 0; i < Places; i++)
        {
            KernelFeatures.At(PlaceOf(i), features);
            for (var m = 0; m < features.Length; m++)
            {
                grid[(m * Places) + i] = features[m] - last[m];
            }
        }

        return grid;
    }

    private void Means(Span<double> means)
    {
        Vectors.Combine(means, GridFeatures, _weights);
        for (var i = 0; i < means.Length; i++)
        {
            means[i] += Constant;
        }
    }

    // The features in which the points' Gram matrix is diagonal.
    private void Features(double x, Span<double> features)
    {
        Span<double> plain = stackalloc double[features.Length];
        KernelFeatures.At(x, plain);
        features.Clear();
        for (var i = 0; i < _vectors.Length; i++)
        {
            features[i / plain.Length] += _vectors[i] * plain[i % plain.Length];
        }
    }
}
