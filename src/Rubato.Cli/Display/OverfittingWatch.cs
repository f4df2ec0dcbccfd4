using Rubato.Runs.Records;
using Rubato.Torch;

namespace Rubato.Cli.Display;

/// <summary>Sees whether a run has learned its samples by heart: the test loss rises for long while the training loss falls on.</summary>
/// <param name="keepsBest">Whether the weights of the best epoch are kept.</param>
internal sealed class OverfittingWatch(bool keepsBest = false) : Listener
{
    // Chosen, not fitted: neither the noise of a test loss nor the last epochs of a usual run come so far.
    private const double Rise = 1.1;
    private const double Fall = 0.5;
    private const double LastPart = 0.8;

    private EpochRecord? _best;
    private EpochRecord? _last;

    /// <summary>A sentence on what happened and what helps; null if it did not happen.</summary>
    internal string? Note => _best is { } best && _last is { } last && HasOverfitted(best, last)
        ? $"the test loss was lowest, {TrainingText.Loss(best.TestLoss)}, after epoch {TrainingText.Epochs(best.Epoch)}, and is "
            + $"{TrainingText.Loss(last.TestLoss)} now, while the training loss fell to {TrainingText.Loss(last.TrainLoss)}: "
            + "the network learns its samples by heart; fewer epochs, more samples, dropout or --weight-decay may help"
            + (keepsBest ? "." : ", and --best validation-loss --validation 0.1 keeps the weights from before.")
        : null;

    public override void OnEvent(TrainingEvent happened)
    {
        if (happened is EpochRecord epoch)
        {
            _last = epoch;
            _best = _best is null || epoch.TestLoss < _best.TestLoss ? epoch : _best;
        }
    }

    private static bool HasOverfitted(EpochRecord best, EpochRecord last) =>
        last.TestLoss > Rise * Math.Abs(best.TestLoss) && last.TrainLoss < Fall * best.TrainLoss && best.Epoch <= LastPart * last.Epoch;
}
