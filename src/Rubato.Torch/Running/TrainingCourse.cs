using System.Text.Json;
using Rubato.Control;
using Rubato.Runs.Records;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Takes a run through its searches and its plan, evaluates each epoch, and tells all that happens.</summary>
/// <remarks>
/// An epoch is finished by the first update at or past its end. If one update passes several ends, the last of them counts. The end of the
/// run is evaluated too, even in mid-epoch. It is an early one if there was no new best for long.
/// </remarks>
internal sealed class TrainingCourse(
    TrainingTask asked,
    RunParts parts,
    string? folder,
    Listener listener,
    TimeProvider time,
    RunSaving? saving = null,
    Resumption? resumed = null)
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
    private double _secondsBefore;
    private double _savingBefore;
    private long _start;
    private readonly EventRecorder _events = new(listener);
    private readonly NoiseWatch _noise = new(listener);
    private readonly RunAccount _account = new(parts, folder);

    /// <summary>Runs to the end of the budget, an interruption or a non-finite loss that no guard rolls back.</summary>
    internal RunSummary Run(CancellationToken cancellation)
    {
        _start = time.GetTimestamp();
        if (resumed?.State is { } state)
        {
            Continue(resumed, state);
        }
        else
        {
            if (resumed is not null)
            {
                listener.OnEvent(new RunResumed { Checkpoint = null, Updates = 0, Samples = 0, Epoch = 0, LearningRate = double.NaN });
            }

            if (Search(cancellation) is { } ended)
            {
                return ended;
            }
        }

        _ = saving is null ? null : RunSaving.Prepare(parts.Loop.Controller);
        var status = Train(cancellation);
        var isSaved = status is RunStatus.Completed or RunStatus.Interrupted && saving?.Save(parts.Loop.Progress, Capture) == true;
        return End(status, isSaved ? saving?.Newest?.Path : null);
    }

    /// <summary>What is known of a run that an exception has ended.</summary>
    internal RunSummary Failed()
    {
        _seconds = Elapsed();
        return Summary(RunStatus.Failed);
    }

    private RunSummary End(RunStatus status, string? checkpoint = null)
    {
        _seconds = Elapsed();
        _account.ReturnToWeightDecay();
        var summary = Summary(status) with { Checkpoint = checkpoint };
        listener.OnEvent(summary);
        return summary;
    }

    // What the run has come to in it; null if it goes on.
    private RunSummary? Search(CancellationToken cancellation)
    {
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
        if (_rehearsal is not null || _rangeTest is not null)
        {
            // What was searched for is not to be searched for again.
            parts.Team.ExpectWriting();
            saving?.SaveFound(parts.Loop.Progress, Capture);
        }

        return null;
    }

    private void Continue(Resumption from, RunState state)
    {
        (_rehearsal, _rangeTest) = (state.Rehearsal, state.RangeTest);
        _run = from.Ready(_run, parts.NeedsTwo);
        parts.Follow(_run);
        var course = state.Course;
        from.Restore((position, tensors, name, policy) =>
            parts.Loop.Load(position, tensors, name, policy, course.Counts));
        _meter.State = (course.LossSum, course.LossSamples, course.PeakLearningRate);
        _noise.State = (course.Noise, course.NoiseBatch);
        _events.Found = course.AutoWarmup;
        _ends.Continue(course);
        (_trainLoss, _secondsBefore, _savingBefore) = (course.TrainLoss, course.Seconds, course.SavingSeconds);
        saving?.Continue(from.From!, parts.Loop.Progress);

        // Before the first process may write a checkpoint, and remove an older one, all have read theirs.
        parts.Team.Meet();
        listener.OnEvent(_account.Describe(_run, _asked));
        var next = parts.Loop.Next.LearningRate;
        var progress = parts.Loop.Progress;
        listener.OnEvent(new UpdatesBegin());
        listener.OnEvent(new RunResumed
        {
            Checkpoint = from.From!.Path,
            Updates = progress.Updates,
            Samples = progress.Samples,
            Epoch = (double)progress.Samples / _run.Subject.TrainCount,
            LearningRate = next,
            Notes = from.Notes(course.NextLearningRate, next),
        });
        listener.OnEvent(new EventRecord(
            progress.Updates, progress.Samples, EventKind.Resume, parts.Loop.Guard?.Scale ?? 1, double.NaN, Elapsed())
        {
            LearningRate = next,
        });
        if (from.IsChanged)
        {
            // Otherwise a run that is killed before its next checkpoint would go on under the old plan.
            saving?.Save(progress, Capture);
        }
    }

    private SavedRun Capture()
    {
        var (sum, samples, peak) = _meter.State;
        var (noise, batch) = _noise.State;
        using var driver = JsonDocument.Parse(parts.Loop.Position, new JsonDocumentOptions { MaxDepth = RunState.MaxDepth });
        return new SavedRun(
            new RunState(
                RunState.CurrentVersion,
                resumed?.Settings ?? SavedSettings.Of(_asked),
                driver.RootElement.Clone(),
                new CourseState
                {
                    Seconds = Elapsed(),
                    SavingSeconds = _savingBefore + saving!.Spent.TotalSeconds,
                    Counts = parts.Loop.Counts,
                    LossSum = sum,
                    LossSamples = samples,
                    PeakLearningRate = peak,
                    NextLearningRate = parts.Loop.Next.LearningRate,
                    TrainLoss = _trainLoss,
                    TestLoss = _ends.Test.Loss,
                    TestAccuracy = _ends.Test.Accuracy,
                    Metrics = [.. _ends.Test.Metrics],
                    ValidationLoss = _ends.Validation.Loss,
                    ValidationAccuracy = _ends.Validation.Accuracy,
                    Best = _ends.Watch?.State ?? BestEpochState.Initial,
                    Noise = noise,
                    NoiseBatch = batch,
                    AutoWarmup = _events.Found,
                },
                Logs: default,
                _rehearsal,
                _rangeTest,
                Init),
            parts.Loop.SaveTensors);
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
        _stoppedEarly = _ends.StopsEarly && !_run.Plan.IsOver(trainer.Progress.Samples);
        for (var isOver = _stoppedEarly || _run.Plan.IsOver(trainer.Progress.Samples); !isOver;)
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

            saving?.See(trainer.Progress, size, Capture);
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

    private InitRecord? Init => resumed?.State is { } state ? state.Init : RunAccount.InitOf(_asked, parts);

    private double Elapsed() => _secondsBefore + time.GetElapsedTime(_start).TotalSeconds;

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
            Init = Init,
            SavingSeconds = saving is null ? double.NaN : _savingBefore + saving.Spent.TotalSeconds,
        };
    }

    // Progress<T> would tell on another thread.
    private sealed class Telling(Listener listener) : IProgress<RehearsedRun>
    {
        public void Report(RehearsedRun value) => listener.OnEvent(new RehearsedRunRecord(value.Rate, value.Score));
    }
}
