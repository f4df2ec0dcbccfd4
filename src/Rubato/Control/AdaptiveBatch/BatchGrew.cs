namespace Rubato.Control;

/// <summary>An <see cref="AdaptiveBatch"/> made the batch larger.</summary>
/// <param name="From">The batch before, in samples.</param>
/// <param name="To">The batch from now on, in samples.</param>
/// <param name="NoiseScale">The noise scale that led to it, in samples; null if the noise drowned the gradient.</param>
public sealed record BatchGrew(long From, long To, double? NoiseScale) : ControllerEvent;
