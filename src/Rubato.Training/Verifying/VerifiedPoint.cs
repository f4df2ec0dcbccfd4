using Rubato.Runs.Records;

namespace Rubato.Training.Verifying;

/// <summary>How far the runs of a verification are apart after an update.</summary>
/// <param name="Update">The update's number; the first is 1.</param>
/// <param name="Loss">The loss of its batch in the run whose function is claimed.</param>
/// <param name="LossDifference">By how much that of the rewritten run differs.</param>
/// <param name="FunctionDifference">
/// The largest difference of any output of the network, in evaluation, over the test samples that are looked at.
/// </param>
/// <param name="DirectionDifference">The largest distance <c>|w / |w| - w' / |w'||</c> of any part of the scale-invariant weights.</param>
/// <param name="Rounding">
/// What rounding alone does: as <paramref name="FunctionDifference"/>, between the claimed run and one whose weights are rounded
/// differently at every update, or between the rewritten run and such a one, whichever is more.
/// </param>
/// <remarks>Immutable.</remarks>
public sealed record VerifiedPoint(
    long Update, double Loss, double LossDifference, double FunctionDifference, double DirectionDifference, double Rounding)
    : TrainingEvent;
