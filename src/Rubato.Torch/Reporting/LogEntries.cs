using Microsoft.Extensions.Logging;
using Rubato.Control;

namespace Rubato.Torch;

/// <summary>The entries of a log. Filters and searches know them by id and name, so that both stay what they are.</summary>
internal static partial class LogEntries
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "Training {Network} with {Parameters} parameters on {TrainSamples} samples by {Optimizer}, learning rate "
        + "{LearningRate}: {Epochs:0.##} epochs on {Device}")]
    internal static partial void RunStarted(
        ILogger logger,
        string network,
        long parameters,
        int trainSamples,
        string optimizer,
        string learningRate,
        double epochs,
        string device);

    [LoggerMessage(2, LogLevel.Debug, "Rehearsed a peak learning rate of {LearningRate:G3}: score {Score:G4}")]
    internal static partial void RateTried(ILogger logger, double learningRate, double score);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "The rehearsal found a peak learning rate of {PeakLearningRate:G3}; from {LowestUsable:G3} to "
        + "{HighestUsable:G3} the loss falls. It took {Samples} samples, {Seconds:F1} s; doubt: {Doubt}")]
    internal static partial void RateRehearsed(
        ILogger logger,
        double peakLearningRate,
        double lowestUsable,
        double highestUsable,
        long samples,
        double seconds,
        RehearsalDoubt doubt);

    [LoggerMessage(
        4, LogLevel.Information, "The budget is too small for a rehearsal; the peak learning rate is the usual one, {PeakLearningRate:G3}")]
    internal static partial void RateNotRehearsed(ILogger logger, double peakLearningRate);

    [LoggerMessage(5, LogLevel.Debug, "Range test, update {Iteration}: learning rate {LearningRate:G3}, loss {Loss:G4}")]
    internal static partial void RangeMeasured(ILogger logger, long iteration, double learningRate, double loss);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "The range test found learning rates from {BaseLearningRate:G3} to {MaxLearningRate:G3} by the rule {Rule}, "
        + "confidence {Confidence:F2}")]
    internal static partial void RangeFound(
        ILogger logger, double baseLearningRate, double maxLearningRate, string rule, double confidence);

    [LoggerMessage(7, LogLevel.Warning, "The range test gave no clear answer: {Reason}")]
    internal static partial void RangeNotFound(ILogger logger, string? reason);

    [LoggerMessage(
        8, LogLevel.Debug, "Update {Step}: loss {Loss:G4}, learning rate {LearningRate:G3}, batch of {BatchSize}")]
    internal static partial void UpdateApplied(ILogger logger, long step, double loss, double learningRate, long batchSize);

    [LoggerMessage(
        9,
        LogLevel.Information,
        "Epoch {Epoch:0.##}: training loss {TrainLoss:G4}, learning rate {LearningRate:G3}, {Seconds:F1} s")]
    internal static partial void EpochTrained(ILogger logger, double epoch, double trainLoss, double learningRate, double seconds);

    [LoggerMessage(
        10,
        LogLevel.Information,
        "Epoch {Epoch:0.##}: training loss {TrainLoss:G4}, held-out loss {HeldOutLoss:G4}, learning rate "
        + "{LearningRate:G3}, {Seconds:F1} s")]
    internal static partial void EpochEvaluated(
        ILogger logger, double epoch, double trainLoss, double heldOutLoss, double learningRate, double seconds);

    [LoggerMessage(
        11,
        LogLevel.Information,
        "Epoch {Epoch:0.##}: training loss {TrainLoss:G4}, held-out loss {HeldOutLoss:G4}, accuracy {Accuracy:P2}, "
        + "learning rate {LearningRate:G3}, {Seconds:F1} s")]
    internal static partial void EpochClassified(
        ILogger logger, double epoch, double trainLoss, double heldOutLoss, double accuracy, double learningRate, double seconds);

    [LoggerMessage(12, LogLevel.Information, "Epoch {Epoch:0.##}: {Metric} {Value:G4}")]
    internal static partial void MetricMeasured(ILogger logger, double epoch, string metric, double value);

    [LoggerMessage(
        13,
        LogLevel.Warning,
        "Update {Step}: loss {Loss:G4}, rolled back to the last good state; learning rates times {Scale:G3} from here")]
    internal static partial void RolledBack(ILogger logger, long step, double loss, double scale);

    [LoggerMessage(
        14,
        LogLevel.Warning,
        "Update {Step}: loss {Loss:G4}, started again from the first weights; learning rates times {Scale:G3} from here")]
    internal static partial void Restarted(ILogger logger, long step, double loss, double scale);

    [LoggerMessage(
        15,
        LogLevel.Information,
        "The automatic warm-up ended at update {Step} with the learning rate {LearningRate:G3}: {Reason}")]
    internal static partial void WarmupEnded(ILogger logger, long step, double? learningRate, AutoWarmupReason? reason);

    [LoggerMessage(
        16, LogLevel.Information, "Update {Step}: the mean loss {Loss:G4} falls no more; the learning rate is {LearningRate:G3} from here")]
    internal static partial void RateReduced(ILogger logger, long step, double loss, double? learningRate);

    [LoggerMessage(17, LogLevel.Information, "Update {Step}: batches of {BatchSize} from here, by the noise scale {NoiseScale:G3}")]
    internal static partial void BatchGrew(ILogger logger, long step, long? batchSize, double? noiseScale);

    [LoggerMessage(
        18,
        LogLevel.Information,
        "Training completed: {Updates} updates in {Seconds:F1} s, peak learning rate {PeakLearningRate:G3}, roll-backs: {Rollbacks}")]
    internal static partial void RunCompleted(ILogger logger, long updates, double seconds, double peakLearningRate, int rollbacks);

    [LoggerMessage(19, LogLevel.Information, "Training was interrupted after {Updates} updates, {Seconds:F1} s")]
    internal static partial void RunInterrupted(ILogger logger, long updates, double seconds);

    [LoggerMessage(20, LogLevel.Warning, "Training diverged after {Updates} updates: the loss was not finite, and no guard went back")]
    internal static partial void RunDiverged(ILogger logger, long updates);

    [LoggerMessage(21, LogLevel.Warning, "Training failed after {Updates} updates")]
    internal static partial void RunFailed(ILogger logger, long updates);

    [LoggerMessage(
        22,
        LogLevel.Information,
        "Update {Step}: the {Watched} of {Value:G4} gets no better; the learning rate is {LearningRate:G3} from here")]
    internal static partial void WatchedRateReduced(ILogger logger, long step, string watched, double value, double? learningRate);

    [LoggerMessage(23, LogLevel.Information, "Epoch {Epoch:0.##}: validation loss {ValidationLoss:G4}, accuracy {ValidationAccuracy:P2}")]
    internal static partial void EpochValidated(ILogger logger, double epoch, double validationLoss, double validationAccuracy);

    [LoggerMessage(24, LogLevel.Information, "Epoch {Epoch:0.##}: validation loss {ValidationLoss:G4}")]
    internal static partial void EpochLossValidated(ILogger logger, double epoch, double validationLoss);

    [LoggerMessage(25, LogLevel.Debug, "Epoch {Epoch:0.##} is the best so far: {Watched} {Value:G4}")]
    internal static partial void BestReached(ILogger logger, double epoch, string watched, double value);

    [LoggerMessage(
        26, LogLevel.Information, "Training was stopped early after {Updates} updates, {Seconds:F1} s; the best epoch is {BestEpoch:0.##}")]
    internal static partial void RunStoppedEarly(ILogger logger, long updates, double seconds, double? bestEpoch);
}
