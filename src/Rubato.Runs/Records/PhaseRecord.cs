namespace Rubato.Runs.Records;

/// <summary>Where a controller stands that has phases.</summary>
/// <param name="Phase"><c>warm-up</c> or <c>cooldown</c>.</param>
/// <param name="Probability">
/// The probability of the last test that the loss has its minimum behind it; null before the first, and where nothing is tested.
/// </param>
/// <remarks>Immutable.</remarks>
public sealed record PhaseRecord(string Phase, double? Probability) : TrainingEvent;
