using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Parallel;
using Rubato.Torch.Tasks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Running;

/// <summary>The network, the optimizer and the trainer of a run, built from its seed on its device.</summary>
internal sealed class RunParts : IDisposable
{
    private readonly TimeProvider? _time;
    private readonly bool _makesNetwork;
    private readonly bool _normalizes;
    private readonly LengthMeter? _length;

    /// <exception cref="InvalidInputException">
    /// The data does not fit the network, or a batch the memory, a group of the plan has no parameter, a setting of normalizations meets a
    /// network without any, or nothing can be loaded from the file that the run names.
    /// </exception>
    internal RunParts(TrainingTask run, TimeProvider? time = null, ScalarType type = ScalarType.Float32)
    {
        (_time, _makesNetwork) = (time, run.Subject.MakesNetwork);
        Engine.Threads = run.Threads;
        Engine.Seed(run.Seed);
        Network = run.Subject.BuildNetwork();
        Loaded = run.Init is { } file ? TrainedWeights.Load(Network, file, nameof(run.Init)) : null;
        Network.ConvertTo(type);
        Network.MoveTo(run.Device, run.MemoryFormat);
        _normalizes = Network.UseGhostBatch(run.GhostBatch);
        if (!_normalizes && run.GhostBatch is { } ghost)
        {
            throw new InvalidInputException(Without(run, nameof(run.GhostBatch), ghost, "ghost batches", Network));
        }

        if (!Network.UseSyncBatchNorm(run.SyncBatchNorm ? run.Peers : null) && run.SyncBatchNorm)
        {
            throw new InvalidInputException(Without(run, nameof(run.SyncBatchNorm), null, "statistics of all processes", Network));
        }

        var least = Normalizes && !run.SyncBatchNorm ? 2 : 1;
        Team = Team.Of(run.Peers, Network, _normalizes ? run.GhostBatch ?? 1 : 1, least, needsAll: run.SyncBatchNorm);
        Parameters = Network.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());
        var placement = new Placement(run.Device, run.MemoryFormat, type);
        Training = run.Subject.Training(Network, placement);
        MemoryCheck.Require(run, Training, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        HeldOut = run.Subject.HeldOut(Network, placement);
        Validation = run.Subject.Validating(Network, placement);
        var invariance = run.Growth is null || Network is ILengthTraced ? ScaleInvariance.Of(Network) : Measured(run);
        _length = run.HasEffectiveRate && !invariance.Parts.IsEmpty ? new LengthMeter(invariance) : null;
        if (run.Growth is { } growth)
        {
            Exponential = ExponentialParts.Of(run, Training, invariance, growth);
            Optimizer = Exponential.Optimizer;
        }
        else
        {
            Optimizer = run.CreateOptimizer(GroupsOf(run));
            (Optimizer as TorchSharpOptimizer)?.Require(run.Plan);
        }

        Loop = LoopOf(run);
    }

    internal Module Network { get; }

    internal Optimizer Optimizer { get; }

    /// <summary>The optimizer and the growing weights of a run in exponential form; null for other runs.</summary>
    internal ExponentialParts? Exponential { get; }

    internal TrainingLoop Loop { get; private set; }

    /// <summary>The processes that train the network.</summary>
    internal Team Team { get; }

    /// <summary>What the network is trained for.</summary>
    internal Objective Training { get; }

    /// <summary>What the network is evaluated on; null for nothing.</summary>
    internal Objective? HeldOut { get; }

    /// <summary>What was loaded into the network from a file; null if the run names none.</summary>
    internal LoadedWeights? Loaded { get; }

    /// <summary>What the network is evaluated on to choose by; null for nothing.</summary>
    internal Objective? Validation { get; }

    /// <summary>Trained numbers in the network.</summary>
    internal long Parameters { get; }

    /// <summary>Finds the learning rate of a run that has not begun, and makes the trainer for the rest of its budget.</summary>
    /// <param name="run">The run.</param>
    /// <param name="free">The samples that the rehearsal may take outside the budget.</param>
    /// <param name="progress">Is told of each miniature run; null for nobody.</param>
    /// <param name="cancellation">Breaks the rehearsal off.</param>
    /// <returns>
    /// The run with the rate, and the result of the rehearsal; null if the loss is not finite before any update.
    /// </returns>
    /// <exception cref="OperationCanceledException">The rehearsal was interrupted; network and optimizer are unchanged.</exception>
    internal (TrainingTask Run, RehearsalResult? Found) Rehearse(
        TrainingTask run, long free, IProgress<RehearsedRun>? progress, CancellationToken cancellation)
    {
        using var decaying = DecayingOf(run);
        using var training = new RehearsedTraining(Training, decaying ?? Optimizer, run, cancellation, Team);
        RehearsalResult found;
        try
        {
            var how = run.Rehearsal with { FreeSamples = free };
            found = Rehearsal.Find(training, how, run.Plan.CountUpdates(), run.Plan.At(0).BatchSize, progress);
        }
        catch (InvalidOperationException) when (training.BeganWithoutLoss)
        {
            training.PutBack();
            return (run, null);
        }
        catch
        {
            training.PutBack();
            throw;
        }

        var ready = run.With(found, Normalizes);
        Follow(ready);
        return (ready, found);
    }

    /// <summary>Runs a range test on the network and the optimizer, which are restored afterwards.</summary>
    /// <param name="run">The run, or one with another plan.</param>
    /// <param name="sweep">The test.</param>
    /// <param name="told">Called after each update with the measured point and the smoothed loss.</param>
    /// <param name="cancellation">Ends the test after the update in progress.</param>
    internal SweptCurve Sweep(TrainingTask run, Sweep sweep, Action<RangePoint, double>? told, CancellationToken cancellation)
    {
        using var decaying = DecayingOf(run);
        return new RangeSweep(Training, decaying ?? Optimizer, run, sweep, Team).Run(told, cancellation);
    }

    /// <summary>Makes the trainer of a run that has not begun anew, for the plan that it has now.</summary>
    internal void Follow(TrainingTask run)
    {
        Loop.Dispose();
        Loop = LoopOf(run);
    }

    public void Dispose()
    {
        Loop.Dispose();
        if (_makesNetwork)
        {
            Network.Dispose();
        }
        else
        {
            // Of a run that an exception has ended; after any other they have the scale of weight decay already.
            Exponential?.Optimizer.ReturnToWeightDecay();
        }

        Optimizer.Dispose();
        Team.Dispose();
    }

    // The structure of a network that does not tell it must be found out by trying.
    private ScaleInvariance Measured(TrainingTask run)
    {
        SampleCheck.Require(run, Training, HeldOut);
        using var optimizer = run.CreateOptimizer(GroupsOf(run));
        return ScaleSearch.Run(run, Training, optimizer);
    }

    /// <summary>Whether no update may have a single sample, since a normalization takes statistics over the batch.</summary>
    internal bool NeedsTwo => Normalizes;

    private bool Normalizes => _normalizes || Network.modules().Prepend(Network).Any(IsTorchSharps);

    private static bool IsTorchSharps(Module module) => module is BatchNorm1d or BatchNorm2d or BatchNorm3d;

    private static Finding Without(TrainingTask run, string setting, object? value, string what, Module network) =>
        network.modules().FirstOrDefault(IsTorchSharps) is { } other
            ? new Finding(
                setting,
                value,
                $"but the network {run.Names.Network} has {other.GetType().Name}, and only a GhostBatchNorm has {what}",
                $"put Rubato.Torch.Layers.GhostBatchNorm(channels) in place of {other.GetType().Name}, or leave it out")
            : new Finding(
                setting, value, $"but the network {run.Names.Network} has no batch normalization", "leave it out");

    private IReadOnlyList<ParameterGroup> GroupsOf(TrainingTask run) =>
        ParameterGroup.Of(Network, [.. run.Plan.Settings.Groups.Select(group => group.Name)]);

    // A rehearsal has weight decay even before a run in exponential form: the function is the same, and the weights can be taken over.
    private Optimizer? DecayingOf(TrainingTask run) => Exponential is null ? null : run.CreateOptimizer(GroupsOf(run));

    private TrainingLoop LoopOf(TrainingTask run) => new(
        Training,
        Optimizer,
        run.BuildController(),
        new BatchOrder(run.Subject.TrainCount, run.Seed).Next,
        run.Seed,
        run.MicroBatch,
        _time,
        run.MeasureNoise is { } every
            ? new NoiseMeter(Optimizer.Groups, every, run.MicroBatch, Normalizes ? run.GhostBatch ?? 0 : null, Team)
            : null,
        _length,
        run.Rate is PolyakRate ? new DescentMeter(Optimizer.Groups) : null,
        GradientClip.Of(run),
        Team);
}
