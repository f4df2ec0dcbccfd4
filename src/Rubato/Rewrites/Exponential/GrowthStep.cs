namespace Rubato.Rewrites;

/// <summary>
/// How an update with weight decay is made in exponential form, on weights and buffers as they are kept. In this order:
/// <list type="number">
/// <item><description><c>v += BufferCorrection w</c>, where that is not 0;</description></item>
/// <item><description><c>v = Momentum v + G(w)</c>, <c>w = w - LearningRate v</c>, without weight decay;</description></item>
/// <item><description><c>w *= ShiftFactor</c>, <c>v /= ShiftFactor</c>, where that is not 1.</description></item>
/// </list>
/// What else is as long as the weights, such as the running mean of the normalization after them, is multiplied by
/// <see cref="ScaleFactor"/>, and its squares by the square of that.
/// </summary>
/// <remarks>Immutable. <c>default</c> is no update.</remarks>
public readonly record struct GrowthStep
{
    /// <summary>
    /// What the kept weights are multiplied by and added to the kept buffer before the update; 0 but for the corrections of TEXP.
    /// </summary>
    public required double BufferCorrection { get; init; }

    /// <summary>The rate for the kept weights, <c>c^2 lr~ = (c P) (c P') lr</c>; finite, at least 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>m, as with weight decay; in [0, 1).</summary>
    public required double Momentum { get; init; }

    /// <summary>ln lr~, the rate of the exponential plan; negative infinity where the rate is 0.</summary>
    public required double LogRate { get; init; }

    /// <summary>
    /// What the kept weights are multiplied by, and the kept buffer divided by, after the update: a power of two, mostly 1.
    /// </summary>
    public required double ShiftFactor { get; init; }

    /// <summary>
    /// By what factor the kept weights are larger after it, the shift included, than those of the run with weight decay have become.
    /// </summary>
    public required double ScaleFactor { get; init; }

    /// <summary>What to remember.</summary>
    public required GrowthState After { get; init; }
}
