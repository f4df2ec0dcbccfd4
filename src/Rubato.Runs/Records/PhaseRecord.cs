namespace Rubato.Runs.Records;

/// <summary>The phase of a run whose controller has phases.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Probability">
/// The probability, from the last test, that the loss has its minimum behind it, 0..1; null before the first test and without tests.
/// </param>
/// <remarks>Immutable.</remarks>
public sealed record PhaseRecord(RunPhase Phase, double? Probability) : TrainingEvent;
