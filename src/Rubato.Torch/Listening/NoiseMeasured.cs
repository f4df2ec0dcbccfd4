using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>The noise of an update's gradient was measured.</summary>
/// <param name="Record">The measurement.</param>
/// <remarks>Immutable.</remarks>
public sealed record NoiseMeasured(NoiseRecord Record) : TrainingEvent;
