using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// What a Gaussian process needs to know of its points, for every signal variance and noise variance: a constant mean, the kernel
/// <c>s2 exp(-(x - x')^2 / (2 * 0.2^2))</c> on [0, 1], and independent noise of variance <c>v</c>. Made in <c>O(n r)</c>; each likelihood
/// takes <c>O(r)</c>, with r of about 21.
/// </summary>
/// <remarks>
/// <para>
/// The lengthscale and the range are those of AutoWU (Kim et al. 2021, arXiv 2107.05855). The kernel is a sum of r products of features, up
/// to 1e-14, so with their Gram matrix <c>Phi' Phi = V diag(d) V'</c>, <c>c = V' Phi' (y - mean)</c> and <c>yy = |y - mean|^2</c>
/// everything is exact: <c>log likelihood = -((yy - sum s2 c^2 / (s2 d + v)) / v + sum log(s2 d + v) + (n - r) log v + n log(2 pi)) /
/// 2</c>.
/// </para>
/// <para>Immutable and safe for use by several threads. The same points in the same order give the same bits.</para>
/// </remarks>
public sealed class GaussianProcessFit
{
    private const double LowestRatio = -6;
    private const double HighestRatio = 10;
    private const int RatioSteps = 64;
    private const int Refinements = 40;
    private const double Golden = 0.61803398874989484820;

    // A share of the values' own rounding error: the noise cannot be told from less.
    private const double LeastNoise = 1e-14;

    private const double LargestProduct = 1e200;

    private readonly double[] _gram;
    private readonly double[] _ones;
    private readonly double[] _values;
    private readonly double[] _vectors;
    private readonly double _squares;
    private readonly double _sum;
    private readonly double _leastNoise;

    private GaussianProcessFit(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (Count, Mean) = Average(y);
        if (Count == 0)
        {
            throw new ArgumentException("y must have at least one finite value.", nameof(y));
        }

        var sums = new ChebyshevSums();
        sums.Add(x, y, Mean);
        (_gram, _vectors) = SymmetricEigen.Decompose(KernelFeatures.GramOf(sums.Gram), KernelFeatures.Rank);
        foreach (ref var value in _gram.AsSpan())
        {
            value = Math.Max(value, 0);
        }

        _ones = Turned(sums.Moment);
        _values = Turned(sums.Product);
        _squares = sums.Squares;
        _sum = sums.Product(0);
        var size = LeastNoise * (Math.Abs(Mean) + Math.Sqrt(_squares / Count));
        _leastNoise = Math.Max(size * size, 1e-280);
    }

    /// <summary>How many points have a finite value; at least 1.</summary>
    public int Count { get; }

    /// <summary>The constant mean: the average of the finite values.</summary>
    public double Mean { get; }

    /// <summary>Takes up points.</summary>
    /// <param name="x">Where the values lie; each in [0, 1].</param>
    /// <param name="y">The values; those that are not finite are left out.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or no value is finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An x is not in [0, 1].</exception>
    public static GaussianProcessFit Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"x has {x.Length} numbers and y has {y.Length}; they must be as many.", nameof(x));
        }

        foreach (var place in x)
        {
            _ = RequireInRange(place, nameof(x));
        }

        return new GaussianProcessFit(x, y);
    }

    /// <summary>Takes up a series: value i lies at <c>i / n</c>, whether its neighbours are finite or not.</summary>
    /// <param name="series">The values; those that are not finite are left out and keep their places.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">No value is finite.</exception>
    public static GaussianProcessFit Of(ReadOnlySpan<double> series) => new(default, series);

    /// <summary>The logarithm of the probability density of the values.</summary>
    /// <param name="signalVariance">The kernel's variance; finite, at least 0.</param>
    /// <param name="noiseVariance">The noise's variance; finite, above 0.</param>
    /// <returns>In natural logarithms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A variance is out of its range.</exception>
    public double LogMarginalLikelihood(double signalVariance, double noiseVariance) =>
        Evidence(Require.FiniteAtLeastZero(signalVariance), Require.Positive(noiseVariance), shift: 0).Value;

    /// <summary>The posterior with given variances.</summary>
    /// <param name="signalVariance">The kernel's variance; finite, at least 0.</param>
    /// <param name="noiseVariance">The noise's variance; finite, above 0.</param>
    /// <returns>The posterior of the function without noise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A variance is out of its range.</exception>
    public GaussianProcess At(double signalVariance, double noiseVariance) =>
        Posterior(Require.FiniteAtLeastZero(signalVariance), Require.Positive(noiseVariance), shift: 0);

    /// <summary>
    /// The posterior with the variances that make the values most likely. Their ratio <c>s2 / v</c> is searched between 1e-6 and 1e10, on a
    /// grid of quarters of a power of ten and then by golden section; for each ratio the best <c>v</c> has a closed form.
    /// </summary>
    /// <returns>The posterior of the function without noise.</returns>
    public GaussianProcess MostLikely()
    {
        const double Stride = (HighestRatio - LowestRatio) / RatioSteps;
        var (best, bestValue) = (LowestRatio, double.NegativeInfinity);
        for (var i = 0; i <= RatioSteps; i++)
        {
            var ratio = LowestRatio + (i * Stride);
            var value = Profile(ratio).Value;
            if (value > bestValue)
            {
                (best, bestValue) = (ratio, value);
            }
        }

        var refined = Refined(Math.Max(best - Stride, LowestRatio), Math.Min(best + Stride, HighestRatio));
        var noise = Profile(refined).Noise;
        return Posterior(Math.Pow(10, refined) * noise, noise, shift: 0);
    }

    /// <summary>The posterior with a mean that is <paramref name="shift"/> above <see cref="Mean"/>.</summary>
    internal GaussianProcess Posterior(double signal, double noise, double shift)
    {
        var rank = _gram.Length;
        var (weights, variances) = (new double[rank], new double[rank]);
        for (var m = 0; m < rank; m++)
        {
            var spread = (signal * _gram[m]) + noise;
            weights[m] = signal * (_values[m] - (shift * _ones[m])) / spread;
            variances[m] = signal * (noise / spread);
        }

        return new GaussianProcess(Mean + shift, signal, noise, Evidence(signal, noise, shift).Value, _vectors, weights, variances);
    }

    /// <summary>The log marginal likelihood and its derivatives by the two variances and the mean.</summary>
    internal (double Value, double BySignal, double ByNoise, double ByMean) Evidence(double signal, double noise, double shift)
    {
        var rank = _gram.Length;
        var left = _squares - (2 * shift * _sum) + (Count * shift * shift);
        var leftByMean = (2 * Count * shift) - (2 * _sum);
        var (logs, inverses, shares, bySignal) = (0.0, 0.0, 0.0, 0.0);
        var byNoise = -left / noise;
        for (var m = 0; m < rank; m++)
        {
            var value = _values[m] - (shift * _ones[m]);
            var spread = (signal * _gram[m]) + noise;
            var explained = signal * value * value / spread;
            left -= explained;
            byNoise += explained * (noise + spread) / (spread * noise);
            bySignal -= value * value / (spread * spread);
            leftByMean += 2 * signal * value * _ones[m] / spread;
            logs += Math.Log(spread);
            inverses += 1 / spread;
            shares += _gram[m] / spread;
        }

        var others = (double)Count - rank;
        var value0 = (Math.Max(left, 0) / noise) + logs + (others * Math.Log(noise)) + (Count * Math.Log(2 * Math.PI));
        return (
            -0.5 * value0,
            -0.5 * (bySignal + shares),
            -0.5 * ((byNoise / noise) + inverses + (others / noise)),
            -0.5 * leftByMean / noise);
    }

    internal static double RequireInRange(double x, string name) =>
        x is >= 0 and <= 1 ? x : throw new ArgumentOutOfRangeException(name, x, $"{name} must be at least 0 and at most 1.");

    private static (int Count, double Mean) Average(ReadOnlySpan<double> y)
    {
        var (count, mean) = (0, 0.0);
        foreach (var value in y)
        {
            if (double.IsFinite(value))
            {
                count++;
                mean += value;
            }
        }

        return (count, mean / count);
    }

    private double[] Turned(Func<int, double> sums)
    {
        Span<double> polynomials = stackalloc double[KernelFeatures.Terms];
        for (var k = 0; k < polynomials.Length; k++)
        {
            polynomials[k] = sums(k);
        }

        Span<double> features = stackalloc double[_gram.Length];
        KernelFeatures.Combine(polynomials, features);
        var result = new double[features.Length];
        for (var i = 0; i < _vectors.Length; i++)
        {
            result[i / features.Length] += _vectors[i] * features[i % features.Length];
        }

        return result;
    }

    // Up to a constant the likelihood with the best noise for a ratio; the factors of one logarithm are few enough to stay in range.
    private (double Value, double Noise) Profile(double logRatio)
    {
        var ratio = Math.Pow(10, logRatio);
        var (left, product, logs) = (_squares, 1.0, 0.0);
        for (var m = 0; m < _gram.Length; m++)
        {
            var spread = (ratio * _gram[m]) + 1;
            left -= ratio * _values[m] * _values[m] / spread;
            product *= spread;
            if (product > LargestProduct)
            {
                logs += Math.Log(product);
                product = 1;
            }
        }

        var noise = Math.Max(left / Count, _leastNoise);
        return (-0.5 * ((Math.Max(left, 0) / noise) + logs + Math.Log(product) + (Count * Math.Log(noise))), noise);
    }

    private double Refined(double low, double high)
    {
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (leftValue, rightValue) = (Profile(left).Value, Profile(right).Value);
        for (var i = 0; i < Refinements; i++)
        {
            if (leftValue >= rightValue)
            {
                (high, right, rightValue) = (right, left, leftValue);
                left = high - (Golden * (high - low));
                leftValue = Profile(left).Value;
            }
            else
            {
                (low, left, leftValue) = (left, right, rightValue);
                right = low + (Golden * (high - low));
                rightValue = Profile(right).Value;
            }
        }

        return (low + high) / 2;
    }
}
