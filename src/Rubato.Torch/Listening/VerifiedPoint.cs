using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>The differences between the runs of a verification after an update.</summary>
/// <param name="Update">The update's number; the first is 1.</param>
/// <param name="Loss">The loss of its batch in the run with weight decay, whose function is claimed.</param>
/// <param name="LossDifference">The absolute difference of the rewritten run's loss.</param>
/// <param name="FunctionDifference">
/// The largest absolute difference of any output of the network, in evaluation mode, over the test samples of the comparison.
/// </param>
/// <param name="DirectionDifference">The largest distance <c>|w / |w| - w' / |w'||</c> of any part of the scale-invariant weights.</param>
/// <param name="Rounding">
/// The effect of rounding alone, measured as <paramref name="FunctionDifference"/>. It is between a run and its copy whose weights are
/// rounded differently at every update; the larger one of the claimed and the rewritten run counts.
/// </param>
/// <remarks>Immutable.</remarks>
public sealed record VerifiedPoint(
    long Update, double Loss, double LossDifference, double FunctionDifference, double DirectionDifference, double Rounding)
    : TrainingEvent;
