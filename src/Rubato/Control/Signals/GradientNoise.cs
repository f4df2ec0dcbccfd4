using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// What one update says of the gradient and its noise: two estimates, each right on average and each as noisy as the update.
/// </summary>
/// <param name="SquaredNorm">
/// Estimate of <c>|G|^2</c>, the squared norm of the gradient of the whole training set's mean loss. A single one may be negative.
/// </param>
/// <param name="Trace">
/// Estimate of <c>tr(Sigma)</c>, the summed variances of one sample's gradient; of the units of <paramref name="SquaredNorm"/>. A single
/// one may be negative.
/// </param>
/// <remarks>
/// Their quotient is the noise scale <c>B_simple = tr(Sigma) / |G|^2</c> in samples, but only of means: the quotient of a single update is
/// biased. McCandlish, Kaplan, Amodei and others 2018, "An Empirical Model of Large-Batch Training", arXiv 1812.06162, appendix A.1.
/// Immutable.
/// </remarks>
public readonly record struct GradientNoise(double SquaredNorm, double Trace)
{
    /// <summary>
    /// The estimates from gradients over batches of two sizes, by <c>E|G_B|^2 = |G|^2 + tr(Sigma) / B</c>:
    /// <c>|G|^2 = (B_big |G_big|^2 - B_small |G_small|^2) / (B_big - B_small)</c> and
    /// <c>tr(Sigma) = (|G_small|^2 - |G_big|^2) / (1 / B_small - 1 / B_big)</c>.
    /// </summary>
    /// <param name="smallBatch">The smaller size; above 0. Of parts of several sizes, their harmonic mean.</param>
    /// <param name="smallSquare">
    /// The squared norm of the smaller batch's mean gradient, or the mean of it over several; finite, at least 0.
    /// </param>
    /// <param name="bigBatch">The larger size; above <paramref name="smallBatch"/>.</param>
    /// <param name="bigSquare">The squared norm of the larger batch's mean gradient; finite, at least 0.</param>
    /// <returns>The estimates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static GradientNoise Of(double smallBatch, double smallSquare, double bigBatch, double bigSquare)
    {
        _ = Require.Positive(smallBatch);
        _ = Require.FiniteAbove(smallBatch, bigBatch);
        _ = Require.FiniteAtLeastZero(smallSquare);
        _ = Require.FiniteAtLeastZero(bigSquare);
        return new GradientNoise(
            ((bigBatch * bigSquare) - (smallBatch * smallSquare)) / (bigBatch - smallBatch),
            (smallSquare - bigSquare) / ((1 / smallBatch) - (1 / bigBatch)));
    }
}
