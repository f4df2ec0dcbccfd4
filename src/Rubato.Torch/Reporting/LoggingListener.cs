using Microsoft.Extensions.Logging;
using Rubato.Control;
using Rubato.Runs.Records;

namespace Rubato.Torch;

/// <summary>Writes a run to an <see cref="ILogger"/>: start and end, what was found, epochs, what went wrong, some updates.</summary>
/// <remarks>
/// <see cref="LogLevel.Information"/> for what happens once or once an epoch, <see cref="LogLevel.Warning"/> for roll-backs, restarts and
/// runs that end badly, <see cref="LogLevel.Debug"/> for single updates. Each kind of entry has an event id and a name of its own, and its
/// numbers are named values.
/// </remarks>
public sealed class LoggingListener : Listener
{
    /// <summary>At every n-th update an entry is written, if nobody says.</summary>
    public const int UsualEvery = 100;

    private readonly ILogger _logger;
    private readonly int _every;

    /// <summary>A listener that logs.</summary>
    /// <param name="logger">Is written to, on the thread that trains; stays yours.</param>
    /// <param name="every">At every n-th update an entry of the level <see cref="LogLevel.Debug"/> is written; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is below 1.</exception>
    public LoggingListener(ILogger logger, int every = UsualEvery)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (_logger, _every) = (logger, every);
    }

    /// <inheritdoc/>
    public override void OnStep(in StepRecord record)
    {
        if (record.Step % _every == 0)
        {
            LogEntries.UpdateApplied(_logger, record.Step, record.Loss, record.LearningRate, record.BatchSize);
        }
    }

    /// <inheritdoc/>
    public override void OnEvent(TrainingEvent happened)
    {
        switch (happened)
        {
            case RunDescription run:
                LogEntries.RunStarted(
                    _logger, run.Network, run.Parameters, run.TrainSamples, run.Optimizer, run.LearningRate, run.Epochs, run.Device);
                break;
            case RehearsedRunRecord tried:
                LogEntries.RateTried(_logger, tried.LearningRate, tried.Score);
                break;
            case RehearsalRecord { Doubt: RehearsalDoubt.NothingProbed } usual:
                LogEntries.RateNotRehearsed(_logger, usual.PeakLearningRate);
                break;
            case RehearsalRecord found:
                LogEntries.RateRehearsed(
                    _logger, found.PeakLearningRate, found.LowestUsable, found.HighestUsable, found.Samples, found.Seconds, found.Doubt);
                break;
            case RangePointMeasured { Point: var point } measured when point.Update % _every == 0:
                LogEntries.RangeMeasured(_logger, point.Update, point.LearningRate, measured.SmoothedLoss);
                break;
            case RangeUpdateRecord update when update.Iteration % _every == 0:
                LogEntries.RangeMeasured(_logger, update.Iteration, update.LearningRate, update.SmoothedLoss);
                break;
            case RangeTestRecord test:
                Log(test);
                break;
            case EpochRecord epoch:
                Log(epoch);
                break;
            case BestReached { Record: var best }:
                LogEntries.BestReached(_logger, best.Epoch, best.Watched.Text(), best.Value);
                break;
            case EventRecord record:
                Log(record);
                break;
            case RunSummary summary:
                Log(summary);
                break;
            default:
                break;
        }
    }

    private void Log(RangeTestRecord test)
    {
        if (test is { BaseLr: { } low, MaxLr: { } high })
        {
            LogEntries.RangeFound(_logger, low, high, test.Rule, test.Confidence);
        }
        else
        {
            LogEntries.RangeNotFound(_logger, test.Reason);
        }
    }

    private void Log(EpochRecord epoch)
    {
        if (double.IsNaN(epoch.TestAccuracy))
        {
            if (double.IsNaN(epoch.TestLoss))
            {
                LogEntries.EpochTrained(_logger, epoch.Epoch, epoch.TrainLoss, epoch.LearningRate, epoch.Seconds);
            }
            else
            {
                LogEntries.EpochEvaluated(_logger, epoch.Epoch, epoch.TrainLoss, epoch.TestLoss, epoch.LearningRate, epoch.Seconds);
            }
        }
        else
        {
            LogEntries.EpochClassified(
                _logger, epoch.Epoch, epoch.TrainLoss, epoch.TestLoss, epoch.TestAccuracy, epoch.LearningRate, epoch.Seconds);
        }

        if (!double.IsNaN(epoch.ValidationAccuracy))
        {
            LogEntries.EpochValidated(_logger, epoch.Epoch, epoch.ValidationLoss, epoch.ValidationAccuracy);
        }
        else if (!double.IsNaN(epoch.ValidationLoss))
        {
            LogEntries.EpochLossValidated(_logger, epoch.Epoch, epoch.ValidationLoss);
        }

        foreach (var (name, value) in epoch.Metrics)
        {
            LogEntries.MetricMeasured(_logger, epoch.Epoch, name, value);
        }
    }

    private void Log(EventRecord record)
    {
        switch (record.Kind)
        {
            case EventKind.Rollback:
                LogEntries.RolledBack(_logger, record.Step, record.Loss, record.Scale);
                break;
            case EventKind.Restart:
                LogEntries.Restarted(_logger, record.Step, record.Loss, record.Scale);
                break;
            case EventKind.AutoWarmup:
                LogEntries.WarmupEnded(_logger, record.Step, record.LearningRate, record.Reason);
                break;
            case EventKind.Plateau when record.Watched is { } watched:
                LogEntries.WatchedRateReduced(_logger, record.Step, watched.Text(), record.Loss, record.LearningRate);
                break;
            case EventKind.Plateau:
                LogEntries.RateReduced(_logger, record.Step, record.Loss, record.LearningRate);
                break;
            case EventKind.Batch:
                LogEntries.BatchGrew(_logger, record.Step, record.BatchSize, record.NoiseScale);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Log(RunSummary summary)
    {
        switch (summary.Status)
        {
            case RunStatus.Completed when summary.StoppedEarly:
                LogEntries.RunStoppedEarly(_logger, summary.Updates, summary.Seconds, summary.Best?.Epoch);
                break;
            case RunStatus.Completed:
                LogEntries.RunCompleted(_logger, summary.Updates, summary.Seconds, summary.PeakLearningRate, summary.Rollbacks);
                break;
            case RunStatus.Interrupted:
                LogEntries.RunInterrupted(_logger, summary.Updates, summary.Seconds);
                break;
            case RunStatus.Diverged:
                LogEntries.RunDiverged(_logger, summary.Updates);
                break;
            case RunStatus.Failed:
                LogEntries.RunFailed(_logger, summary.Updates);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
