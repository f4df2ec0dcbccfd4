using Rubato.Control;
using Rubato.Runs.Records;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Takes a run through its searches and its plan, evaluates each epoch, and tells all that happens.</summary>
/// <remarks>
/// An epoch is finished by the first update at or past its end. If one update passes several ends, the last of them counts. The end of the
/// run is evaluated too, even in mid-epoch. It is an early one if there was no new best for long.
/// </remarks>
internal sealed class TrainingCourse(TrainingTask asked, RunParts parts, string? folder, Listener listener, TimeProvider time)
{
    private readonly TrainingTask _asked = asked;
    private TrainingTask _run = asked;
    private RehearsalRecord? _rehearsal;
    private RangeTestRecord? _rangeTest;
    private readonly EpochMeter _meter = new();
    private readonly EpochEnd _ends = new(parts, asked, folder is not null, listener);
    private bool _stoppedEarly;
    private double _trainLoss = double.NaN;
    private double _seconds;
    private long _start;
    private readonly EventRecorder _events = new(listener);
    private readonly NoiseWatch _noise = new(listener);
    private readonly RunAccount _account = new(parts, folder);

    /// <summary>Runs to the end of the budget, an interruption or a non-finite loss that no guard rolls back.</summary>
    internal RunSummary Run(CancellationToken cancellation)
    {
        _start = time.GetTimestamp();
        if (_run.Rate is RehearsedRate && Rehearse(cancellation) is { } broken)
        {
            listener.OnEvent(_account.Describe(_run, _asked));
            return End(broken);
        }

        listener.OnEvent(_account.Describe(_run, _asked));
        if (_rehearsal is not null)
        {
            listener.OnEvent(_rehearsal);
        }

        if (_run.Sweep is { } sweep)
        {
            (_run, _rangeTest) = RangeTestBeforeRun.Run(_run, sweep, parts, listener, Elapsed, cancellation);
            if (_rangeTest is not { Schedule: not null })
            {
                return End(_rangeTest is null ? RunStatus.Interrupted : RunStatus.Failed);
            }

            parts.Follow(_run);

            // The test is no part of the run, and has its own seconds.
            _start = time.GetTimestamp();
        }

        listener.OnEvent(new UpdatesBegin());
        return End(Train(cancellation));
    }

    /// <summary>What is known of a run that an exception has ended.</summary>
    internal RunSummary Failed()
    {
        _seconds = Elapsed();
        return Summary(RunStatus.Failed);
    }

    private RunSummary End(RunStatus status)
    {
        _seconds = Elapsed();
        _account.ReturnToWeightDecay();
        var summary = Summary(status);
        listener.OnEvent(summary);
        return summary;
    }

    // How the run has ended in it; null if it goes on.
    private RunStatus? Rehearse(CancellationToken cancellation)
    {
        var free = _run.FreeSamples ?? FreeProbing.Samples(parts.Training, _run.Plan.At(0).BatchSize);
        listener.OnEvent(new RehearsalBegins
        {
            Run = _account.Describe(_run, _asked),
            Share = _run.Rehearsal.Share,
            FreeSamples = free,
        });
        try
        {
            var budget = _run.Plan.Samples;
            (_run, var found) = parts.Rehearse(_run, free, new Telling(listener), cancellation);
            if (found is null)
            {
                return RunStatus.Diverged;
            }

            _rehearsal = RunAccount.Of(found, budget, Elapsed());
            return null;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return RunStatus.Interrupted;
        }
    }

    private RunStatus Train(CancellationToken cancellation)
    {
        var trainer = parts.Loop;
        var size = _run.Subject.TrainCount;
        for (var isOver = false; !isOver;)
        {
            if (cancellation.IsCancellationRequested)
            {
                return RunStatus.Interrupted;
            }

            var before = trainer.Progress.Samples;
            var observation = trainer.Step();
            var wentBack = trainer.Guard?.Decision is GuardDecision.RollBack or GuardDecision.Restart;
            var isApplied = double.IsFinite(observation.Loss);
            if (isApplied || !wentBack)
            {
                Record(observation, isApplied);
            }

            if (!isApplied && !wentBack)
            {
                return RunStatus.Diverged;
            }

            _events.See(trainer, observation, Elapsed());
            var seen = trainer.Progress.Samples;
            isOver = _run.Plan.IsOver(seen);
            if (isOver || seen / size > before / size)
            {
                EndEpoch(observation, isOver ? _run.Epochs : seen / size);
                _stoppedEarly = !isOver && _ends.StopsEarly;
                isOver |= _stoppedEarly;
            }
        }

        return RunStatus.Completed;
    }

    private void Record(in Observation observation, bool isApplied)
    {
        _meter.Add(observation);
        _noise.See(observation);
        var record = _account.Of(observation, isApplied, _run.Subject.TrainCount, Elapsed());
        listener.OnStep(record);
    }

    private void EndEpoch(in Observation observation, double epoch)
    {
        _ends.Evaluate(epoch);
        _trainLoss = _meter.MeanLoss;
        var record = new EpochRecord(
            epoch,
            observation.Progress.Updates,
            observation.Progress.Samples,
            _trainLoss,
            _ends.Test.Loss,
            _ends.Test.Accuracy,
            observation.Applied.LearningRate,
            Elapsed())
        {
            ValidationLoss = _ends.Validation.Loss,
            ValidationAccuracy = _ends.Validation.Accuracy,
            Metrics = _account.MetricsOf(_ends.Test),
        };
        listener.OnEvent(record);
        _events.See(parts.Loop, observation, Elapsed());
        _meter.Reset();
    }

    private double Elapsed() => time.GetElapsedTime(_start).TotalSeconds;

    private RunSummary Summary(RunStatus status)
    {
        var trainLoss = double.IsNaN(_trainLoss) ? _meter.MeanLoss : _trainLoss;
        return _account.Summarize(_run, status, _ends.Test, trainLoss, _seconds) with
        {
            ValidationLoss = _ends.Validation.Loss,
            ValidationAccuracy = _ends.Validation.Accuracy,
            Best = _ends.Watch?.State.Best,
            StoppedEarly = _stoppedEarly,
            PeakLearningRate = _meter.PeakLearningRate,
            Rehearsal = _rehearsal,
            RangeTest = _rangeTest,
            AutoWarmup = _events.Found,
            Noise = _noise.Found,
        };
    }

    // Progress<T> would tell on another thread.
    private sealed class Telling(Listener listener) : IProgress<RehearsedRun>
    {
        public void Report(RehearsedRun value) => listener.OnEvent(new RehearsedRunRecord(value.Rate, value.Score));
    }
}
