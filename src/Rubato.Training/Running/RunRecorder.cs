using System.Reflection;
using Rubato.Control;
using Rubato.Control.Guards;
using Rubato.Runs;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Training.Setup;

namespace Rubato.Training.Running;

/// <summary>Drives a trainer through its plan, evaluates each epoch, and writes all that happens to the run folder.</summary>
/// <remarks>
/// An epoch is finished by the first update at or past its end; where one update passes several ends, the last of them counts. The end of the
/// run is evaluated too, wherever it lies.
/// </remarks>
internal sealed class RunRecorder(ResolvedRun run, RunParts parts, RunFolder folder, ITrainingListener listener, TimeProvider time)
{
    private readonly EpochMeter _meter = new();
    private Evaluation _evaluation = new(double.NaN, double.NaN);
    private double _trainLoss = double.NaN;
    private double _seconds;
    private long _start;

    /// <summary>Runs to the end of the budget, an interruption or a non-finite loss that no guard rolls back.</summary>
    internal RunSummary Run(CancellationToken cancellation)
    {
        listener.OnStart(Description());
        _start = time.GetTimestamp();
        string status;
        try
        {
            using var steps = folder.OpenSteps();
            using var epochs = folder.OpenEpochs();
            using var events = folder.OpenEvents();
            status = Train(steps, epochs, events, cancellation);
            _seconds = Elapsed();
        }
        catch
        {
            _seconds = Elapsed();
            folder.WriteSummary(Summary("failed"));
            throw;
        }

        folder.WriteWeights(Weights.Of(parts.Network));
        var summary = Summary(status);
        folder.WriteSummary(summary);
        listener.OnEnd(summary);
        return summary;
    }

    private string Train(StepLog steps, EpochLog epochs, EventLog events, CancellationToken cancellation)
    {
        var trainer = parts.Trainer;
        var size = run.Data.Train.Count;
        for (var isOver = false; !isOver;)
        {
            if (cancellation.IsCancellationRequested)
            {
                return "interrupted";
            }

            var before = trainer.Progress.Samples;
            var observation = trainer.Step();
            var wentBack = trainer.Guard?.Decision is GuardDecision.RollBack or GuardDecision.Restart;
            var isApplied = double.IsFinite(observation.Loss);
            if (isApplied || !wentBack)
            {
                Record(observation, steps);
            }

            if (wentBack)
            {
                RecordEvent(observation, trainer.Guard, events);
            }
            else if (!isApplied)
            {
                return "diverged";
            }

            var seen = trainer.Progress.Samples;
            isOver = run.Plan.IsOver(seen);
            if (isOver || seen / size > before / size)
            {
                steps.Flush();
                EndEpoch(observation, isOver ? run.Epochs : seen / size, epochs);
            }
        }

        return "completed";
    }

    private void Record(in Observation observation, StepLog steps)
    {
        _meter.Add(observation);
        var record = new StepRecord(
            observation.Progress.Updates,
            observation.Progress.Samples,
            (double)observation.Progress.Samples / run.Data.Train.Count,
            observation.Loss,
            observation.Applied.LearningRate,
            observation.Applied.BatchSize,
            observation.Applied.Momentum,
            observation.Applied.WeightDecay,
            observation.GradientNorm,
            Elapsed());
        steps.Append(record);
        listener.OnStep(record);
    }

    private void RecordEvent(in Observation observation, GuardState? guard, EventLog events)
    {
        if (guard is null)
        {
            return;
        }

        var record = new EventRecord(
            observation.Progress.Updates,
            observation.Progress.Samples,
            guard.Decision == GuardDecision.Restart ? "restart" : "rollback",
            guard.Scale,
            observation.Loss,
            Elapsed());
        events.Append(record);
        listener.OnEvent(record);
    }

    private void EndEpoch(in Observation observation, double epoch, EpochLog epochs)
    {
        _evaluation = Evaluation.Of(parts.Network, run.Loss, parts.TestReader);
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
        listener.OnEpoch(record);
        _meter.Reset();
    }

    private double Elapsed() => time.GetElapsedTime(_start).TotalSeconds;

    private RunDescription Description() => new(
        folder.Path,
        run.Settings.Data,
        run.Data.Train.Count,
        run.Data.Test.Count,
        run.Settings.Network,
        parts.Parameters,
        run.Settings.Optimizer,
        run.Settings.LearningRate ?? "",
        run.Epochs,
        run.Plan.Samples,
        run.Plan.CountUpdates(),
        run.Device.ToString(),
        run.Threads,
        MemoryFormatRule.NameOf(run.MemoryFormat));

    private RunSummary Summary(string status) => new()
    {
        Status = status,
        TestAccuracy = _evaluation.Accuracy,
        TestLoss = _evaluation.Loss,
        TrainLoss = double.IsNaN(_trainLoss) ? _meter.MeanLoss : _trainLoss,
        Updates = parts.Trainer.Progress.Updates,
        Samples = parts.Trainer.Progress.Samples,
        Seconds = _seconds,
        PeakLearningRate = _meter.PeakLearningRate,
        Rollbacks = parts.Trainer.Guard?.Rollbacks ?? 0,
        Seed = run.Settings.Seed,
        Data = run.Settings.Data,
        DataHash = run.Data.ContentHash,
        Network = run.Settings.Network,
        Parameters = parts.Parameters,
        Optimizer = run.Settings.Optimizer,
        Device = run.Device.ToString(),
        Threads = run.Threads,
        MemoryFormat = MemoryFormatRule.NameOf(run.MemoryFormat),
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["rubato"] = typeof(RunRecorder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            ["libtorch"] = Engine.LibtorchVersion,
            ["dotnet"] = Environment.Version.ToString(),
        },
    };
}
