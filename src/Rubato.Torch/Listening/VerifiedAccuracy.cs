using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>The accuracies of a verification's runs on the test set, at the end of an epoch or of the run.</summary>
/// <param name="Epoch">Passes over the training set.</param>
/// <param name="Update">Updates made.</param>
/// <param name="Claimed">The accuracy of the run with weight decay, whose function is claimed, 0..1.</param>
/// <param name="Rewritten">The accuracy of the rewritten run, 0..1.</param>
/// <param name="Rounded">The accuracy of the run with weight decay that is rounded differently, 0..1.</param>
/// <remarks>Immutable.</remarks>
public sealed record VerifiedAccuracy(double Epoch, long Update, double Claimed, double Rewritten, double Rounded) : TrainingEvent;
