using Rubato.Numerics;

namespace Rubato.RangeTests;

/// <summary>
/// An average over the losses so far, corrected for its start: <c>(1 - beta) sum beta^(n-i) y_i / (1 - beta^n)</c>. Text: <c>average</c>,
/// <c>average(0.9)</c>.
/// </summary>
/// <remarks>
/// It lags behind the losses by <c>beta / (1 - beta)</c> updates. As in fastai and Lightning, there with 0.98. Immutable; equality is by
/// value.
/// </remarks>
public sealed record AverageSmoothing : CurveSmoothing
{
    /// <summary>
    /// The factor by which a loss counts less from update to update, in [0, 1). Null: weights fall by e every fiftieth of the curve.
    /// </summary>
    public double? Beta { get; init => field = value is { } beta ? Require.Fraction(beta, nameof(Beta)) : null; }

    /// <summary>The text form.</summary>
    /// <returns>Text that <see cref="CurveSmoothing.Parse"/> reads.</returns>
    public override string ToString() => Beta is { } beta ? $"average({ExactNumber.Text(beta)})" : "average";

    private protected override (double[] Smoothed, double Noise) Smooth(TrimmedCurve curve)
    {
        var losses = curve.Losses;
        var keep = Beta ?? RunningAverage.UsualKeep(losses.Length);
        var average = new RunningAverage(keep);
        var smoothed = Array.ConvertAll(losses, loss => average.Add(loss));

        // Neighbours differ by noise alone: the variance of a difference is twice that of a loss.
        var squares = 0.0;
        for (var i = 1; i < losses.Length; i++)
        {
            squares += (losses[i] - losses[i - 1]) * (losses[i] - losses[i - 1]) / 2;
        }

        var variance = losses.Length > 1 ? squares / (losses.Length - 1) : 0;
        return (smoothed, Math.Sqrt(variance * (1 - keep) / (1 + keep)));
    }
}
