namespace Rubato.RangeTests;

/// <summary>The rules that read a learning rate off the smoothed curve of a range test.</summary>
/// <remarks>
/// The fall goes from the highest smoothed loss before the lowest to the lowest. There is none, and no answer, where it is no larger than
/// seven times the error of a smoothed loss. Slopes are by the logarithm of the rate, whatever the spacing of the test.
/// </remarks>
public static class RangeRules
{
    private const double ValleyMargin = 0.2;
    private const double MinimumShare = 0.1;
    private const double SlideWindow = 0.15;
    private const double SlideDifference = 1.0;
    internal const int FewestAccuracies = 8;
    private const double LeastRise = 0.05;
    private const double RiseBegins = 0.1;
    private const double RiseSlows = 0.95;

    /// <summary>The rate at the lowest smoothed loss: the largest that can be the maximum of a cycle.</summary>
    /// <param name="curve">The curve.</param>
    /// <returns>The rate; null where the loss does not fall, or still falls at the last rate.</returns>
    /// <remarks>
    /// Source: Smith 2018, "A disciplined approach to neural network hyper-parameters: Part 1", arXiv 1803.09820, section 4.1.
    /// </remarks>
    public static double? Lowest(SmoothedCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return CurveFall.Of(curve) is { } fall && (curve.HasRisen || fall.Bottom < curve.LearningRates.Length - 1)
            ? curve.LearningRates[fall.Bottom]
            : null;
    }

    /// <summary>A tenth of the rate at the lowest smoothed loss.</summary>
    /// <param name="curve">The curve.</param>
    /// <returns>The rate; null where the loss does not fall, or still falls at the last rate.</returns>
    /// <remarks>Source: fastai, <c>minimum</c>.</remarks>
    public static double? Minimum(SmoothedCurve curve) => MinimumShare * Lowest(curve);

    /// <summary>
    /// The middle of the valley's side: on the logarithmic axis half-way between where the last fifth of the fall's height is left behind
    /// and where only a fifth of it is left.
    /// </summary>
    /// <param name="curve">The curve.</param>
    /// <returns>The rate; null where the loss does not fall.</returns>
    /// <remarks>
    /// After fastai's <c>valley</c>, the middle of the longest falling subsequence. Literally taken, that sequence wanders through the flat
    /// parts on either side, where noise falls as well.
    /// </remarks>
    public static double? Valley(SmoothedCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (CurveFall.Of(curve) is not { } fall)
        {
            return null;
        }

        var smoothed = curve.Smoothed;
        var (begin, end) = (fall.Top, fall.Bottom);
        for (var i = fall.Top; i <= fall.Bottom; i++)
        {
            begin = smoothed[i] >= smoothed[fall.Top] - (ValleyMargin * fall.Depth) ? i : begin;
        }

        while (end > begin + 1 && smoothed[end - 1] <= smoothed[fall.Bottom] + (ValleyMargin * fall.Depth))
        {
            end--;
        }

        return Math.Sqrt(curve.LearningRates[begin] * curve.LearningRates[end]);
    }

    /// <summary>The rate at which the smoothed loss falls fastest.</summary>
    /// <param name="curve">The curve.</param>
    /// <returns>The rate; null where the loss does not fall.</returns>
    /// <remarks>
    /// Source: fastai, <c>steep</c>; pytorch-lr-finder and Lightning. Those differ by the index or by the rate itself; this one by the
    /// rate's logarithm.
    /// </remarks>
    public static double? Steep(SmoothedCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (CurveFall.Of(curve) is not { } fall)
        {
            return null;
        }

        var steepest = fall.Top;
        for (var i = fall.Top; i < fall.Bottom; i++)
        {
            steepest = Slope(curve, i) < Slope(curve, steepest) ? i : steepest;
        }

        return Math.Sqrt(curve.LearningRates[steepest] * curve.LearningRates[steepest + 1]);
    }

    /// <summary>
    /// The left edge of a window of 15 % of the curve that slides to the left, from the lowest smoothed loss, until the slopes at its two
    /// edges differ by no more than the depth of the fall over the length of the curve.
    /// </summary>
    /// <param name="curve">The curve.</param>
    /// <returns>The rate; null where the loss does not fall.</returns>
    /// <remarks>
    /// After fastai's <c>slide</c>: a window of 15 points of a hundred, and slopes that differ by less than 0.005 a point; that number is
    /// replaced by one that does not depend on the units of the loss, and the slide begins at the lowest loss instead of the end, which is
    /// where the test was stopped.
    /// </remarks>
    public static double? Slide(SmoothedCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (CurveFall.Of(curve) is not { } fall)
        {
            return null;
        }

        var rates = curve.LearningRates;
        var slopes = rates.Length - 1;
        var window = Math.Max(1, (int)(SlideWindow * slopes));
        var limit = SlideDifference * fall.Depth / Math.Log(rates[^1] / rates[0]);
        var right = Math.Min(fall.Bottom, slopes - 1);
        while (right - window > 0 && Math.Abs(Slope(curve, right) - Slope(curve, right - window)) > limit)
        {
            right--;
        }

        return rates[Math.Max(right - window, 0)];
    }

    /// <summary>
    /// From where the held-out accuracy starts to rise, a tenth of its rise, to the middle, on the logarithmic axis, between where it slows
    /// and where it falls: the first and the last rate with 95 % of the rise. Accuracies are medians of three.
    /// </summary>
    /// <param name="curve">The curve, with its accuracies.</param>
    /// <returns>The rates; null where fewer than eight accuracies were measured, or they rise by less than 5 points.</returns>
    /// <remarks>
    /// Source: Smith 2015, "Cyclical Learning Rates for Training Neural Networks", arXiv 1506.01186, section 3.3: the maximum is where the
    /// accuracy slows, gets ragged or falls. On the floor of a long valley the first and the last of these lie decades apart; the shares,
    /// and the middle, are ours.
    /// </remarks>
    public static RateRange? Accuracy(RangeCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var measured = curve.Points.Where(point => point.Accuracy is not null).ToArray();
        if (measured.Length < FewestAccuracies)
        {
            return null;
        }

        var values = new double[measured.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Median(At(i - 1), At(i), At(i + 1));
        }

        var (start, rise) = (values[0], values.Max() - values[0]);
        if (rise < LeastRise)
        {
            return null;
        }

        var slows = Array.FindIndex(values, value => value >= start + (RiseSlows * rise));
        var begins = Array.FindLastIndex(values, slows, value => value <= start + (RiseBegins * rise));
        var falls = Array.FindLastIndex(values, value => value >= start + (RiseSlows * rise));
        return new RateRange(measured[begins].LearningRate, Math.Sqrt(measured[slows].LearningRate * measured[falls].LearningRate));

        double At(int i) => measured[Math.Clamp(i, 0, measured.Length - 1)].Accuracy ?? 0;
    }

    private static double Slope(SmoothedCurve curve, int i) =>
        (curve.Smoothed[i + 1] - curve.Smoothed[i]) / Math.Log(curve.LearningRates[i + 1] / curve.LearningRates[i]);

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
