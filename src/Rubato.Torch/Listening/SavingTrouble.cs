using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>
/// A checkpoint, or lines of a log, could not be written; the run goes on, and tries again with each checkpoint and each line. Told once,
/// and once more without a reason when all could be written again.
/// </summary>
/// <param name="Reason">Why, such as <c>No space left on device</c>; null if the trouble is over.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record SavingTrouble(string? Reason) : TrainingEvent;
