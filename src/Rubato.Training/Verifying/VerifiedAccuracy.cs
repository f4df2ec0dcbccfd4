using Rubato.Runs.Records;

namespace Rubato.Training.Verifying;

/// <summary>How well the runs of a verification do on the test set, at the end of an epoch or of the run.</summary>
/// <param name="Epoch">Passes over the training set.</param>
/// <param name="Update">Updates made.</param>
/// <param name="Claimed">The share that the run classifies right whose function is claimed, 0..1.</param>
/// <param name="Rewritten">That of the rewritten run.</param>
/// <param name="Rounded">That of the run that is rounded differently.</param>
/// <remarks>Immutable.</remarks>
public sealed record VerifiedAccuracy(double Epoch, long Update, double Claimed, double Rewritten, double Rounded) : TrainingEvent;
