using System.Reflection;
using Rubato.Control;
using Rubato.Runs.Records;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Takes a run through its searches and its plan, evaluates each epoch, and tells all that happens.</summary>
/// <remarks>
/// An epoch is finished by the first update at or past its end. If one update passes several ends, the last of them counts. The end of the
/// run is evaluated too, even in mid-epoch.
/// </remarks>
internal sealed class TrainingCourse(TrainingTask asked, RunParts parts, string? folder, Listener listener, TimeProvider time)
{
    private TrainingTask _run = asked;
    private RehearsalRecord? _rehearsal;
    private RangeTestRecord? _rangeTest;
    private readonly EpochMeter _meter = new();
    private Evaluation _evaluation = Evaluation.None;
    private double _trainLoss = double.NaN;
    private double _seconds;
    private long _start;
    private readonly EventRecorder _events = new(listener);
    private readonly NoiseWatch _noise = new(listener);
    private double? _logRate;

    /// <summary>Runs to the end of the budget, an interruption or a non-finite loss that no guard rolls back.</summary>
    internal RunSummary Run(CancellationToken cancellation)
    {
        _start = time.GetTimestamp();
        if (_run.Rate is RehearsedRate && !TryRehearse(cancellation))
        {
            listener.OnEvent(Description());
            return End(RunStatus.Interrupted);
        }

        listener.OnEvent(Description());
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
        _logRate = parts.Exponential?.Optimizer.LogRate;

        // Other programs read the file, and expect weights at the scale of weight decay.
        parts.Exponential?.Optimizer.ReturnToWeightDecay();
        var summary = Summary(status);
        listener.OnEvent(summary);
        return summary;
    }

    // False if it was interrupted.
    private bool TryRehearse(CancellationToken cancellation)
    {
        try
        {
            var budget = _run.Plan.Samples;
            (_run, var found) = parts.Rehearse(_run, new Telling(listener), cancellation);
            _rehearsal = new RehearsalRecord
            {
                PeakLearningRate = found.PeakRate,
                LowestUsable = found.Low,
                HighestUsable = found.High,
                StartLoss = found.StartLoss,
                Runs = [.. found.Runs.Select(miniature => new RehearsedRunRecord(miniature.Rate, miniature.Loss))],
                Updates = found.Updates,
                MicroBatch = found.MicroBatch,
                Samples = found.Samples,
                Share = (double)found.Samples / budget,
                TookWeights = found.TookWeights,
                Seconds = Elapsed(),
            };
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return false;
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
            }
        }

        return RunStatus.Completed;
    }

    private void Record(in Observation observation, bool isApplied)
    {
        _meter.Add(observation);
        _noise.See(observation);
        var record = new StepRecord
        {
            Step = observation.Progress.Updates,
            Samples = observation.Progress.Samples,
            Epoch = (double)observation.Progress.Samples / _run.Subject.TrainCount,
            Loss = observation.Loss,
            LearningRate = observation.Applied.LearningRate,
            BatchSize = observation.Applied.BatchSize,
            Momentum = observation.Applied.Momentum,
            WeightDecay = observation.Applied.WeightDecay,
            GradientNorm = observation.GradientNorm ?? double.NaN,
            Seconds = Elapsed(),
            EffectiveRate = isApplied ? parts.Loop.EffectiveRate : double.NaN,
            ExponentialRateLog10 = isApplied ? parts.Exponential?.Optimizer.LogRate / Math.Log(10) : null,
        };
        listener.OnStep(record);
    }

    private void EndEpoch(in Observation observation, double epoch)
    {
        _evaluation = parts.HeldOut is { } heldOut ? Evaluation.Of(heldOut) : Evaluation.None;
        _trainLoss = _meter.MeanLoss;
        var record = new EpochRecord(
            epoch,
            observation.Progress.Updates,
            observation.Progress.Samples,
            _trainLoss,
            _evaluation.Loss,
            _evaluation.Accuracy,
            observation.Applied.LearningRate,
            Elapsed());
        listener.OnEvent(record);
        _meter.Reset();
    }

    private double Elapsed() => time.GetElapsedTime(_start).TotalSeconds;

    private RunDescription Description() => new()
    {
        Folder = folder,
        Data = _run.Names.Data,
        TrainSamples = _run.Subject.TrainCount,
        TestSamples = _run.Subject.HeldOutCount,
        Network = _run.Names.Network,
        Parameters = parts.Parameters,
        Optimizer = _run.Names.Optimizer,
        LearningRate = $"{_run.Rate}",
        Epochs = _run.Epochs,
        Samples = _run.Plan.Samples,
        Updates = _run.Plan.CountUpdates(),
        Device = Devices.NameOf(_run.Device),
        Threads = _run.Threads,
        MemoryFormat = MemoryFormatRule.NameOf(_run.MemoryFormat),
        GrowsBatch = _run.Batch is GrowingBatch,
        Exponential = ExponentialRecord(),
        Decays = _run.Rewrite.Exponential is null || _run.HasWeightDecay(),
    };

    private ExponentialRecord? ExponentialRecord() => parts.Exponential is not { } exponential ? null : new(
        $"{_run.Rewrite.Exponential}",
        exponential.Invariance.Elements,
        exponential.LossChange,
        double.IsFinite(_logRate ?? double.NaN) ? _logRate / Math.Log(10) : null);

    private RunSummary Summary(RunStatus status) => new()
    {
        Status = status,
        TestAccuracy = _evaluation.Accuracy,
        TestLoss = _evaluation.Loss,
        TrainLoss = double.IsNaN(_trainLoss) ? _meter.MeanLoss : _trainLoss,
        Updates = parts.Loop.Progress.Updates,
        Samples = parts.Loop.Progress.Samples,
        Seconds = _seconds,
        PeakLearningRate = _meter.PeakLearningRate,
        Rehearsal = _rehearsal,
        RangeTest = _rangeTest,
        AutoWarmup = _events.Found,
        Noise = _noise.Found,
        Exponential = ExponentialRecord(),
        Rollbacks = parts.Loop.Guard?.Rollbacks ?? 0,
        Seed = _run.Seed,
        Data = _run.Names.Data,
        DataHash = _run.Names.DataHash,
        Network = _run.Names.Network,
        Parameters = parts.Parameters,
        Optimizer = _run.Names.Optimizer,
        Device = Devices.NameOf(_run.Device),
        Threads = _run.Threads,
        MemoryFormat = MemoryFormatRule.NameOf(_run.MemoryFormat),
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["rubato"] =
                typeof(TrainingCourse).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            ["libtorch"] = Engine.LibtorchVersion,
            ["dotnet"] = Environment.Version.ToString(),
        },
    };

    // Progress<T> would tell on another thread.
    private sealed class Telling(Listener listener) : IProgress<RehearsedRun>
    {
        public void Report(RehearsedRun value) => listener.OnEvent(new RehearsedRunRecord(value.Rate, value.Loss));
    }
}
