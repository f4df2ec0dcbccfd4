using System.Globalization;
using Rubato.Language;

namespace Rubato.RangeTests;

/// <summary>How the noise is taken out of the losses of a range test, on the logarithmic axis of the rates.</summary>
/// <remarks>
/// <para>
/// Losses that are not finite are left out. So is what lies beyond the end of the valley: where the average of the losses has risen
/// half-way back to the loss at the start, the curve ends, and no loss counts for more than those at the start by far. A cliff would bend
/// any smooth curve before it.
/// </para>
/// <para>Text: <c>gp</c>, <c>average</c>, <c>average(0.9)</c>. Immutable; equality is by value.</para>
/// </remarks>
public abstract record CurveSmoothing
{
    private const string GaussianProcessName = "gp";
    private const string AverageName = "average";

    private protected CurveSmoothing()
    {
    }

    /// <summary>Smooths a curve.</summary>
    /// <param name="curve">At least one of its losses is finite.</param>
    /// <returns>The points up to the end of the valley whose losses are finite.</returns>
    /// <exception cref="ArgumentException">No loss is finite.</exception>
    public SmoothedCurve Smooth(RangeCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var trimmed = TrimmedCurve.Of(curve);
        var (smoothed, noise) = Smooth(trimmed);
        return new SmoothedCurve([.. trimmed.LearningRates], [.. trimmed.Losses], [.. smoothed], noise, trimmed.HasRisen);
    }

    /// <summary>Reads the text.</summary>
    /// <param name="text"><c>gp</c>, <c>average</c>, or <c>average(beta)</c> with beta at least 0 and below 1.</param>
    /// <param name="name">What the value is called in messages.</param>
    /// <returns>The smoothing.</returns>
    /// <exception cref="InvalidInputException">It is none of them.</exception>
    public static CurveSmoothing Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        var call = CallExpression.Parse(text, name);
        return call switch
        {
            { Name: GaussianProcessName, IsBare: true } => new GaussianProcessSmoothing(),
            { Name: AverageName, IsBare: true } => new AverageSmoothing(),
            { Name: AverageName } when BetaOf(call.OnlyValue) is { } beta => new AverageSmoothing { Beta = beta },
            _ => throw new InvalidInputException(
                new Finding(
                    name,
                    call.ToString(),
                    $"it must be {GaussianProcessName}, {AverageName}, or {AverageName}(beta) with beta at least 0 and below 1",
                    $"for instance {AverageName}(0.9)")),
        };
    }

    private protected abstract (double[] Smoothed, double Noise) Smooth(TrimmedCurve curve);

    private static double? BetaOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var beta) && beta is >= 0 and < 1 ? beta : null;
}
