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
}
