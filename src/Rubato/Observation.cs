using Rubato.Control;

namespace Rubato;

/// <summary>What was seen of one applied update.</summary>
/// <param name="Progress">How far the run has come, this update included.</param>
/// <param name="Applied">What the update was made with; the batch size is the number of samples it really had.</param>
/// <param name="Loss">The mean training loss over the update's global batch, before the update; may be non-finite.</param>
/// <param name="GradientNorm">
/// The Euclidean norm of the mean gradient over all parameters, before weight decay and momentum; null if it was not measured.
/// </param>
/// <remarks>Immutable. <c>default</c> stands for no update.</remarks>
public readonly record struct Observation(Progress Progress, HyperParameters Applied, double Loss, double? GradientNorm = null)
{
    /// <summary>What was measured of the gradient's noise; null if it was not.</summary>
    public GradientNoise? Noise { get; init; }

    /// <summary>
    /// How fast the linearised loss fell along the update: <c>&lt;g, d&gt;</c>, over all parameters, of the mean gradient g and the
    /// direction d by which the optimizer moved the weights for a rate of 1. It is measured as <c>&lt;g, w_before - w_after&gt; / rate</c>,
    /// with the base rate where groups have rates of their own; null if it was not measured, or the rate was 0.
    /// </summary>
    public double? Descent { get; init; }
}
