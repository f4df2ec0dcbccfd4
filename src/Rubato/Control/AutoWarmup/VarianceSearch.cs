namespace Rubato.Control;

/// <summary>
/// Where Adam stands in the search of the published method for the signal variance, the noise variance and the mean. What one test finds,
/// the next begins with; only the mean begins anew.
/// </summary>
/// <param name="Steps">Steps made.</param>
/// <param name="RawSignal">The signal variance is <c>softplus(raw)</c>.</param>
/// <param name="RawNoise">The noise variance is <c>softplus(raw) + 1e-4</c>.</param>
/// <param name="FirstSignal">Adam's running mean of the gradient by the raw signal variance.</param>
/// <param name="FirstNoise">The same by the raw noise variance.</param>
/// <param name="FirstMean">The same by the mean.</param>
/// <param name="SecondSignal">Adam's running mean of the squared gradient by the raw signal variance.</param>
/// <param name="SecondNoise">The same by the raw noise variance.</param>
/// <param name="SecondMean">The same by the mean.</param>
/// <remarks>
/// The parametrization, the start (signal <c>log 2</c>, noise 1e-3), rate 0.01 and 100 steps a test are those of the authors' code.
/// Immutable; equality is by value.
/// </remarks>
public sealed record VarianceSearch(
    long Steps,
    double RawSignal,
    double RawNoise,
    double FirstSignal,
    double FirstNoise,
    double FirstMean,
    double SecondSignal,
    double SecondNoise,
    double SecondMean)
{
    private const double LeastNoise = 1e-4;
    private const double FirstNoiseVariance = 1e-3;
    private const double Rate = 0.01;
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    internal static VarianceSearch Start { get; } = new(0, 0, Math.Log(Math.Exp(FirstNoiseVariance - LeastNoise) - 1), 0, 0, 0, 0, 0, 0);

    internal double SignalVariance => Softplus(RawSignal);

    internal double NoiseVariance => Softplus(RawNoise) + LeastNoise;

    /// <summary>Follows the gradient of the negative log likelihood a point.</summary>
    /// <param name="fit">The points.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="mean">The mean to begin with.</param>
    /// <returns>Where it ends, and the mean found.</returns>
    internal (VarianceSearch Search, double Mean) Follow(GaussianProcessFit fit, int steps, double mean)
    {
        var search = this;
        for (var i = 0; i < steps; i++)
        {
            var (_, bySignal, byNoise, byMean) = fit.Evidence(search.SignalVariance, search.NoiseVariance, mean - fit.Mean);
            var step = search.Steps + 1;
            var (signal, noise) = (-bySignal * Slope(search.RawSignal) / fit.Count, -byNoise * Slope(search.RawNoise) / fit.Count);
            var (first1, second1, move1) = Move(signal, search.FirstSignal, search.SecondSignal, step);
            var (first2, second2, move2) = Move(noise, search.FirstNoise, search.SecondNoise, step);
            var (first3, second3, move3) = Move(-byMean / fit.Count, search.FirstMean, search.SecondMean, step);
            search = new VarianceSearch(
                step, search.RawSignal - move1, search.RawNoise - move2, first1, first2, first3, second1, second2, second3);
            mean -= move3;
        }

        return (search, mean);
    }

    private static (double First, double Second, double Move) Move(double gradient, double first, double second, long step)
    {
        first = (Beta1 * first) + ((1 - Beta1) * gradient);
        second = (Beta2 * second) + ((1 - Beta2) * gradient * gradient);
        var size = Math.Sqrt(second / (1 - Math.Pow(Beta2, step))) + Epsilon;
        return (first, second, Rate * first / (1 - Math.Pow(Beta1, step)) / size);
    }

    private static double Softplus(double raw) => Math.Max(raw, 0) + Math.Log(1 + Math.Exp(-Math.Abs(raw)));

    private static double Slope(double raw) => 1 / (1 + Math.Exp(-raw));
}
