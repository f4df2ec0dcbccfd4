using System.Reflection;
using Rubato.Control;
using Rubato.Runs;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Training.Tasks;

namespace Rubato.Training.Running;

/// <summary>Drives a trainer through its plan, evaluates each epoch, and writes all that happens to the run folder.</summary>
/// <remarks>
/// An epoch is finished by the first update at or past its end. If one update passes several ends, the last of them counts. The end of the
/// run is evaluated too, even in mid-epoch.
/// </remarks>
internal sealed class RunRecorder(TrainingTask asked, RunParts parts, RunFolder folder, Listener listener, TimeProvider time)
{
    private TrainingTask _run = asked;
    private RehearsalRecord? _rehearsal;
    private RangeTestRecord? _rangeTest;
    private readonly EpochMeter _meter = new();
    private Evaluation _evaluation = new(double.NaN, double.NaN);
    private double _trainLoss = double.NaN;
    private double _seconds;
    private long _start;
    private EventRecorder? _events;
    private NoiseWatch? _noise;
    private double? _logRate;

    /// <summary>Runs to the end of the budget, an interruption or a non-finite loss that no guard rolls back.</summary>
    internal RunSummary Run(CancellationToken cancellation)
    {
        _start = time.GetTimestamp();
        RunStatus status;
        try
        {
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
                (_run, _rangeTest) = RangeTestBeforeRun.Run(_run, sweep, parts, folder, listener, Elapsed, cancellation);
                if (_rangeTest is not { Schedule: not null })
                {
                    return End(_rangeTest is null ? RunStatus.Interrupted : RunStatus.Failed);
                }

                parts.Follow(_run);

                // The test is no part of the run, and has its own seconds.
                _start = time.GetTimestamp();
            }

            using var steps = folder.OpenSteps();
            using var epochs = folder.OpenEpochs();
            using var events = folder.OpenEvents();
            using var noise = folder.OpenNoise();
            _noise = new NoiseWatch(noise);
            status = Train(steps, epochs, events, cancellation);
        }
        catch
        {
            _seconds = Elapsed();
            folder.WriteSummary(Summary(RunStatus.Failed));
            throw;
        }

        return End(status);
    }

    private RunSummary End(RunStatus status)
    {
        _seconds = Elapsed();
        _logRate = parts.Exponential?.Optimizer.LogRate;

        // Other programs read the file, and expect weights at the scale of weight decay.
        parts.Exponential?.Optimizer.ReturnToWeightDecay();
        folder.WriteWeights(Weights.Of(parts.Network));
        var summary = Summary(status);
        folder.WriteSummary(summary);
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

    private RunStatus Train(StepLog steps, EpochLog epochs, EventLog events, CancellationToken cancellation)
    {
        var trainer = parts.Trainer;
        var size = _run.Data.Train.Count;
        _events = new EventRecorder(events, listener);
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
                Record(observation, isApplied, steps);
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
                steps.Flush();
                EndEpoch(observation, isOver ? _run.Epochs : seen / size, epochs);
            }
        }

        return RunStatus.Completed;
    }

    private void Record(in Observation observation, bool isApplied, StepLog steps)
    {
        _meter.Add(observation);
        _noise?.See(observation);
        var record = new StepRecord
        {
            Step = observation.Progress.Updates,
            Samples = observation.Progress.Samples,
            Epoch = (double)observation.Progress.Samples / _run.Data.Train.Count,
            Loss = observation.Loss,
            LearningRate = observation.Applied.LearningRate,
            BatchSize = observation.Applied.BatchSize,
            Momentum = observation.Applied.Momentum,
            WeightDecay = observation.Applied.WeightDecay,
            GradientNorm = observation.GradientNorm ?? double.NaN,
            Seconds = Elapsed(),
            EffectiveRate = isApplied ? parts.Trainer.EffectiveRate : double.NaN,
            ExponentialRateLog10 = isApplied ? parts.Exponential?.Optimizer.LogRate / Math.Log(10) : null,
        };
        steps.Append(record);
        listener.OnStep(record);
    }

    private void EndEpoch(in Observation observation, double epoch, EpochLog epochs)
    {
        _evaluation = Evaluation.Of(parts.Network, _run.Loss, parts.TestReader);
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
        epochs.Append(record);
        listener.OnEvent(record);
        _meter.Reset();
    }

    private double Elapsed() => time.GetElapsedTime(_start).TotalSeconds;

    private RunDescription Description() => new()
    {
        Folder = folder.Path,
        Data = _run.Names.Data,
        TrainSamples = _run.Data.Train.Count,
        TestSamples = _run.Data.Test.Count,
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
        Updates = parts.Trainer.Progress.Updates,
        Samples = parts.Trainer.Progress.Samples,
        Seconds = _seconds,
        PeakLearningRate = _meter.PeakLearningRate,
        Rehearsal = _rehearsal,
        RangeTest = _rangeTest,
        AutoWarmup = _events?.Found,
        Noise = _noise?.Found,
        Exponential = ExponentialRecord(),
        Rollbacks = parts.Trainer.Guard?.Rollbacks ?? 0,
        Seed = _run.Seed,
        Data = _run.Names.Data,
        DataHash = _run.Data.ContentHash,
        Network = _run.Names.Network,
        Parameters = parts.Parameters,
        Optimizer = _run.Names.Optimizer,
        Device = Devices.NameOf(_run.Device),
        Threads = _run.Threads,
        MemoryFormat = MemoryFormatRule.NameOf(_run.MemoryFormat),
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["rubato"] =
                typeof(RunRecorder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
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
