using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Runs.Charts;

/// <summary>The words and figures on a plan's axes.</summary>
public static class PlanLabels
{
    /// <summary>A quantity's name.</summary>
    /// <param name="quantity">Which.</param>
    /// <returns>Such as <c>learning rate</c>.</returns>
    public static string Of(PlanQuantity quantity) => quantity switch
    {
        PlanQuantity.LearningRate => "learning rate",
        PlanQuantity.ExponentialRate => "exponential rate",
        PlanQuantity.BatchSize => "batch size",
        PlanQuantity.Momentum => "momentum",
        PlanQuantity.WeightDecay => "weight decay",
        PlanQuantity.SmallBatchNoise => "noise scale (small batch)",
        _ => "noise scale (exact)",
    };

    /// <summary>What an axis counts.</summary>
    /// <param name="axis">Which.</param>
    /// <returns>Such as <c>epochs</c>.</returns>
    public static string Of(PlanAxis axis) => axis switch
    {
        PlanAxis.Epochs => "epochs",
        PlanAxis.Samples => "samples",
        _ => "updates",
    };

    /// <summary>A value of an axis, in the way of its panel.</summary>
    /// <param name="value">As the panel has it: finite.</param>
    /// <param name="isExponent">Whether it is a decimal logarithm.</param>
    /// <returns><see cref="Power"/> of two digits for a logarithm; else <see cref="Value"/>.</returns>
    public static string OfAxis(double value, bool isExponent) => isExponent ? Power(value, "0.##") : Value(value);

    /// <summary>A power of ten, which may be beyond the range of <see cref="double"/>.</summary>
    /// <param name="exponent">Its decimal logarithm; negative infinity for 0.</param>
    /// <param name="format">The exponent's number format.</param>
    /// <returns>Such as <c>10^12.65</c>; <c>0</c> for 0.</returns>
    public static string Power(double exponent, string format = "0.00")
    {
        // Without the sign of a zero.
        var text = exponent.ToString(format, CultureInfo.InvariantCulture);
        return double.IsNegativeInfinity(exponent) ? "0" : $"10^{(text.AsSpan().ContainsAnyExcept("-0.") ? text : text.TrimStart('-'))}";
    }

    /// <summary>A value beside an axis, short and without loss that a drawing could show.</summary>
    /// <param name="value">Finite.</param>
    /// <returns>Four digits: <c>0.1</c>, <c>4e-7</c>, <c>3,200</c>, <c>2.5M</c>.</returns>
    public static string Value(double value) => Math.Abs(value) switch
    {
        >= 1e9 => $"{value / 1e9:G4}G",
        >= 1e6 => $"{value / 1e6:G4}M",
        >= 1e4 => $"{value / 1e3:G4}k",
        _ => NumberText.Of(value, 4),
    };
}
