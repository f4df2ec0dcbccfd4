using Rubato.Control;

namespace Rubato.RangeTests;

/// <summary>
/// The mean of a Gaussian process over the logarithm of the rate, with the variances that make the losses most likely. Text: <c>gp</c>.
/// </summary>
/// <remarks>
/// The process is that of the automatic warm-up (<see cref="GaussianProcessFit"/>, Kim et al. 2021, arXiv 2107.05855); its lengthscale is a
/// fifth of the curve. Before and behind a cliff such a process swings beyond all losses: it is kept within the losses
/// near by, those of a twentieth of the curve to either side. Immutable.
/// </remarks>
public sealed record GaussianProcessSmoothing : CurveSmoothing
{
    /// <summary>The text form.</summary>
    /// <returns><c>gp</c>.</returns>
    public override string ToString() => "gp";

    private const int Share = 20;
    private const int FewestNear = 10;

    // So that the time for a recorded curve of many updates grows no faster than its length.
    private const int MostNear = 50;

    private protected override (double[] Smoothed, double Noise) Smooth(TrimmedCurve curve)
    {
        var places = PlacesOf(curve.LearningRates);
        var process = GaussianProcessFit.Of(places, curve.Losses).MostLikely();
        var variance = places.Average(process.Variance);
        return (Within(curve.Losses, Array.ConvertAll(places, process.Mean)), Math.Sqrt(variance));
    }

    // At the ends the window stays as long as elsewhere: a few losses may lie on one side of the truth by chance.
    private static double[] Within(double[] losses, double[] smoothed)
    {
        var near = Math.Clamp(losses.Length / Share, FewestNear, MostNear);
        var length = Math.Min((2 * near) + 1, losses.Length);
        for (var i = 0; i < losses.Length; i++)
        {
            var from = Math.Clamp(i - near, 0, losses.Length - length);
            var window = losses[from..(from + length)];
            smoothed[i] = Math.Clamp(smoothed[i], window.Min(), window.Max());
        }

        return smoothed;
    }

    private static double[] PlacesOf(double[] rates)
    {
        var (low, high) = (Math.Log(rates[0]), Math.Log(rates[^1]));
        return Array.ConvertAll(rates, rate => high > low ? Math.Clamp((Math.Log(rate) - low) / (high - low), 0, 1) : 0);
    }
}
