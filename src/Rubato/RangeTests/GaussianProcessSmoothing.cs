using Rubato.Control;

namespace Rubato.RangeTests;

/// <summary>
/// The mean of a Gaussian process over the logarithm of the rate, with the variances that make the losses most likely. Text: <c>gp</c>.
/// </summary>
/// <remarks>
/// The process is that of the automatic warm-up (<see cref="GaussianProcessFit"/>, Kim et al. 2021, arXiv 2107.05855); its lengthscale is a
/// fifth of the curve. Immutable.
/// </remarks>
public sealed record GaussianProcessSmoothing : CurveSmoothing
{
    /// <summary>The text form.</summary>
    /// <returns><c>gp</c>.</returns>
    public override string ToString() => "gp";

    private protected override (double[] Smoothed, double Noise) Smooth(TrimmedCurve curve)
    {
        var places = PlacesOf(curve.LearningRates);
        var process = GaussianProcessFit.Of(places, curve.Losses).MostLikely();
        var variance = places.Average(process.Variance);
        return (Array.ConvertAll(places, process.Mean), Math.Sqrt(variance));
    }

    private static double[] PlacesOf(double[] rates)
    {
        var (low, high) = (Math.Log(rates[0]), Math.Log(rates[^1]));
        return Array.ConvertAll(rates, rate => high > low ? Math.Clamp((Math.Log(rate) - low) / (high - low), 0, 1) : 0);
    }
}
