using System.Collections.ObjectModel;
using System.Reflection;
using Rubato.Control;
using Rubato.Runs.Records;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>Puts what is known of a run into records.</summary>
/// <param name="parts">Network, optimizer and loop.</param>
/// <param name="folder">The run folder; null if nothing is written.</param>
internal sealed class RunAccount(RunParts parts, string? folder)
{
    private readonly TimeSpan _waitedBefore = parts.Team.Peers.Waited;
    private double? _logRate;

    /// <summary>The run as it was set up.</summary>
    /// <param name="run">The run.</param>
    /// <param name="asked">The same as it was asked for, before a rehearsal.</param>
    internal RunDescription Describe(TrainingTask run, TrainingTask asked) => new()
    {
        Folder = folder,
        Data = run.Names.Data,
        TrainSamples = run.Subject.TrainCount,
        TestSamples = run.Subject.HeldOutCount,
        ValidationSamples = run.Subject.ValidationCount,
        Network = run.Names.Network,
        Parameters = parts.Parameters,
        Optimizer = run.Names.Optimizer,
        LearningRate = $"{run.Rate}",
        Epochs = run.Epochs,
        RehearsedEpochs = asked.Epochs - run.Epochs,
        WarmupFromZero = run.Rate is AutoWarmupRate or RangeTestedRate ? null : run.Plan.ShortWarmupFromZero(),
        Samples = run.Plan.Samples,
        Updates = run.Plan.CountUpdates(),
        Device = Devices.NameOf(run.Device),
        Threads = run.Threads,
        MemoryFormat = MemoryFormatRule.NameOf(run.MemoryFormat),
        Processes = run.Peers.Size,
        Peers = run.Peers.Size == 1 ? "" : $"{run.Peers.Engine}, {HostsOf(run).Length} host{(HostsOf(run).Length == 1 ? "" : "s")}",
        Notes = [.. RunNotes.Of(run), .. parts.Loaded?.Notes ?? []],
        GrowsBatch = run.Batch is GrowingBatch,
        Exponential = Exponential(run),
        Decays = run.Rewrite.Exponential is null || run.HasWeightDecay(),
    };

    /// <summary>The rehearsal of a run.</summary>
    internal static RehearsalRecord Of(RehearsalResult found, long budget, double seconds) => new()
    {
        PeakLearningRate = found.PeakRate,
        LowestUsable = found.Low,
        HighestUsable = found.High,
        StartLoss = found.StartLoss,
        Runs = [.. found.Runs.Select(miniature => new RehearsedRunRecord(miniature.Rate, miniature.Score))],
        Updates = found.Updates,
        MicroBatch = found.MicroBatch,
        Repeats = found.Repeats,
        Samples = found.Samples,
        PaidSamples = found.PaidSamples,
        Share = (double)found.Samples / budget,
        TookWeights = found.TookWeights,
        Doubt = found.Doubt,
        Seconds = seconds,
    };

    /// <summary>What was loaded into the network before the run; null for nothing.</summary>
    internal static InitRecord? InitOf(TrainingTask run, RunParts parts) =>
        parts.Loaded is { } loaded ? new InitRecord(run.Init!, loaded.Loaded.Length, loaded.Tensors) : null;

    /// <summary>An update.</summary>
    internal StepRecord Of(in Observation observation, bool isApplied, int samplesPerEpoch, double seconds) => new()
    {
        Step = observation.Progress.Updates,
        Samples = observation.Progress.Samples,
        Epoch = (double)observation.Progress.Samples / samplesPerEpoch,
        Loss = observation.Loss,
        LearningRate = observation.Applied.LearningRate,
        BatchSize = observation.Applied.BatchSize,
        Momentum = observation.Applied.Momentum,
        WeightDecay = observation.Applied.WeightDecay,
        GradientNorm = observation.GradientNorm ?? double.NaN,
        Seconds = seconds,
        EffectiveRate = isApplied ? parts.Loop.EffectiveRate : double.NaN,
        ClipFactor = isApplied ? parts.Loop.ClipFactor : null,
        ExponentialRateLog10 = isApplied ? parts.Exponential?.Optimizer.LogRate / Math.Log(10) : null,
    };

    /// <summary>Ends the exponential form: other programs read the weights, and expect the scale of weight decay.</summary>
    internal void ReturnToWeightDecay()
    {
        _logRate = parts.Exponential?.Optimizer.LogRate;
        parts.Exponential?.Optimizer.ReturnToWeightDecay();
    }

    /// <summary>What a run came to, without what was found in it.</summary>
    internal RunSummary Summarize(TrainingTask run, RunStatus status, Evaluation evaluation, double trainLoss, double seconds) => new()
    {
        Status = status,
        TestAccuracy = evaluation.Accuracy,
        TestLoss = evaluation.Loss,
        Metrics = MetricsOf(evaluation),
        TrainLoss = trainLoss,
        Updates = parts.Loop.Progress.Updates,
        Samples = parts.Loop.Progress.Samples,
        Seconds = seconds,
        PeakLearningRate = double.NaN,
        Exponential = Exponential(run),
        ClippedShare = parts.Loop.ClippedShare,
        Rollbacks = parts.Loop.Guard?.Rollbacks ?? 0,
        Peers = run.Peers.Size == 1 ? null : new PeersRecord(
            run.Peers.Size, run.Peers.Engine, HostsOf(run), (run.Peers.Waited - _waitedBefore).TotalSeconds / seconds),
        Seed = run.Seed,
        Data = run.Names.Data,
        DataHash = run.Names.DataHash,
        Network = run.Names.Network,
        Parameters = parts.Parameters,
        Optimizer = run.Names.Optimizer,
        Device = Devices.NameOf(run.Device),
        Threads = run.Threads,
        MemoryFormat = MemoryFormatRule.NameOf(run.MemoryFormat),
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["rubato"] =
                typeof(RunAccount).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            ["libtorch"] = Engine.LibtorchVersion,
            ["dotnet"] = Environment.Version.ToString(),
        },
    };

    /// <summary>The metrics of an evaluation by their names.</summary>
    internal IReadOnlyDictionary<string, double> MetricsOf(Evaluation evaluation) =>
        evaluation.Metrics.IsEmpty || parts.HeldOut is not { } heldOut
            ? ReadOnlyDictionary<string, double>.Empty
            : new ReadOnlyDictionary<string, double>(new OrderedDictionary<string, double>(
                heldOut.Metrics.Zip(evaluation.Metrics, KeyValuePair.Create), StringComparer.Ordinal));

    private static string[] HostsOf(TrainingTask run) => [.. run.Peers.Hosts.Distinct(StringComparer.Ordinal)];

    private ExponentialRecord? Exponential(TrainingTask run) => parts.Exponential is not { } exponential ? null : new(
        $"{run.Rewrite.Exponential}",
        exponential.Invariance.Elements,
        exponential.LossChange,
        double.IsFinite(_logRate ?? double.NaN) ? _logRate / Math.Log(10) : null);
}
