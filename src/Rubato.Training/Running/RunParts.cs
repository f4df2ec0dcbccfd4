using Rubato.Control.Rehearsals;
using Rubato.Data.Sampling;
using Rubato.RangeTests;
using Rubato.Torch;
using Rubato.Torch.Layers;
using Rubato.Torch.Optimizers;
using Rubato.Training.Finding;
using Rubato.Training.Setup;

namespace Rubato.Training.Running;

/// <summary>The network, the optimizer and the trainer of a run, built from its seed on its device.</summary>
internal sealed class RunParts : IDisposable
{
    private readonly BatchReader _train;
    private readonly TimeProvider? _time;
    private readonly bool _normalizes;

    /// <exception cref="InvalidInputException">The data does not fit the network, a group of the plan has no parameter, or there is no batch normalization for ghost batches.</exception>
    internal RunParts(ResolvedRun run, TimeProvider? time = null)
    {
        _time = time;
        Engine.Threads = run.Threads;
        Engine.Seed(run.Settings.Seed);
        Network = run.Design.Build(run.Input);
        Network.MoveTo(run.Device, run.MemoryFormat);
        _normalizes = Network.UseGhostBatch(run.Settings.GhostBatch);
        if (!_normalizes && run.Settings.GhostBatch is { } ghost)
        {
            throw new InvalidInputException(
                $"--ghost-batch is {ghost}, but --network {run.Settings.Network} has no batch normalization; leave --ghost-batch out.");
        }

        Optimizer = run.CreateOptimizer(ParameterGroup.Of(Network, [.. run.Plan.Settings.Groups.Select(group => group.Name)]));
        Parameters = Network.NamedParameters().Sum(parameter => parameter.Value.Value.ElementCount);
        TestReader = new BatchReader(run.Data.Test, run.Device, run.MemoryFormat);
        _train = new BatchReader(run.Data.Train, run.Device, run.MemoryFormat);
        Trainer = TrainerOf(run);
    }

    internal Layer Network { get; }

    internal Optimizer Optimizer { get; }

    internal Trainer Trainer { get; private set; }

    internal BatchReader TestReader { get; }

    /// <summary>Trained numbers.</summary>
    internal long Parameters { get; }

    /// <summary>Finds the learning rate of a run that has not begun, and makes the trainer of what is left of its budget.</summary>
    /// <returns>The run with the rate, and what it was found from.</returns>
    /// <exception cref="OperationCanceledException">It was interrupted; nothing of the network or the optimizer has changed.</exception>
    internal (ResolvedRun Run, RehearsalResult Found) Rehearse(ResolvedRun run, IProgress<RehearsedRate>? progress, CancellationToken cancellation)
    {
        using var training = new RehearsedTraining(Network, run.Loss, Optimizer, _train, run, cancellation);
        var found = Rehearsal.Find(training, run.Rehearsal, run.Plan.CountUpdates(), run.Plan.At(0).BatchSize, progress);
        var ready = run.With(found);
        Follow(ready);
        return (ready, found);
    }

    /// <summary>Runs a range test on the network and the optimizer as they stand; both are put back.</summary>
    /// <param name="run">The run, or one with another plan.</param>
    /// <param name="sweep">The test.</param>
    /// <param name="told">Called after each update with what was measured and the smoothed loss.</param>
    /// <param name="cancellation">Ends it after the update in progress.</param>
    internal SweptCurve Sweep(ResolvedRun run, ResolvedSweep sweep, Action<RangePoint, double>? told, CancellationToken cancellation) =>
        new RangeSweep(Network, Optimizer, _train, run, sweep).Run(told, cancellation);

    /// <summary>Makes the trainer of a run that has not begun anew, for the plan that it has now.</summary>
    internal void Follow(ResolvedRun run)
    {
        Trainer.Dispose();
        Trainer = TrainerOf(run);
    }

    public void Dispose()
    {
        Trainer.Dispose();
        Optimizer.Dispose();
        Network.Dispose();
    }

    private Trainer TrainerOf(ResolvedRun run) => new(
        Network,
        run.Loss,
        Optimizer,
        run.Controller,
        _train,
        new BatchOrder(run.Data.Train.Count, run.Settings.Seed).Next,
        run.Augmentation,
        run.Settings.Seed,
        run.Settings.MicroBatch,
        _time,
        run.Settings.MeasureNoise is { } every
            ? new NoiseMeter(Optimizer.Groups, every, run.Settings.MicroBatch, _normalizes ? run.Settings.GhostBatch ?? 0 : null)
            : null);
}
