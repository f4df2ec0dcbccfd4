using Rubato.Control;
using Rubato.Data.Augmentations;
using Rubato.Torch.Lengths;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Training.Running;

/// <summary>Which examples make the global batch that starts at a position.</summary>
/// <param name="samplesSeen">Samples since the start of the run.</param>
/// <param name="batchSize">How many are wanted.</param>
/// <returns>At least one index; what a source gives is the true batch. Valid until the next call.</returns>
internal delegate ReadOnlySpan<int> BatchSource(long samplesSeen, int batchSize);

/// <summary>The loop: decide, read, update, observe. It alone sees data, network, optimizer and controller together.</summary>
/// <remarks>
/// Owns none of them, but for the snapshots that a <see cref="GuardedController"/> needs, which are taken before its first update, and the meter of the
/// gradients' noise. Belongs to the thread that runs it.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private const string NowName = "now";

    // To read all weights takes a hundredth of a small network's step, and their length moves slowly.
    private const int LengthEvery = 10;

    private readonly Module<Tensor, Tensor> _network;
    private readonly Optimizer _optimizer;
    private readonly Controller _controller;
    private readonly MicroBatches _batches;
    private readonly BatchSource _source;
    private readonly NoiseMeter? _noise;
    private readonly LengthMeter? _length;
    private readonly long _seed;
    private readonly TimeProvider _time;
    private readonly HyperParameters[] _groups;
    private ControllerState _state;
    private SafetyNet? _net;

    internal Trainer(
        Module<Tensor, Tensor> network,
        Func<Tensor, Tensor, Tensor> loss,
        Optimizer optimizer,
        Controller controller,
        BatchReader reader,
        BatchSource source,
        Augmentation augmentation,
        long seed,
        int? microBatch,
        TimeProvider? time = null,
        NoiseMeter? noise = null,
        LengthMeter? length = null)
    {
        (_network, _optimizer, _controller, _source, _noise, _length) = (network, optimizer, controller, source, noise, length);
        (_seed, _time) = (seed, time ?? TimeProvider.System);
        _batches = new MicroBatches(network, loss, reader, augmentation, microBatch);
        _groups = new HyperParameters[optimizer.PlanGroupCount];
        _state = controller.InitialState;
    }

    /// <summary>What has been applied so far.</summary>
    internal Progress Progress { get; private set; }

    /// <summary>The guard after the last update; null where there is none.</summary>
    internal GuardState? Guard => (_state as GuardedState)?.Guard;

    /// <summary>The memory of the controller of the rate, within the guard and the adaptive batch where there are such.</summary>
    internal ControllerState Memory => Unguarded is AdaptiveBatchState adaptive ? adaptive.Inner : Unguarded;

    /// <summary>The memory of an adaptive batch; null where there is none.</summary>
    internal BatchGrowth? Growth => (Unguarded as AdaptiveBatchState)?.Growth;

    private ControllerState Unguarded => _state is GuardedState guarded ? guarded.Inner : _state;

    /// <summary>What the next update is made with.</summary>
    internal HyperParameters Next => _controller.Decide(Progress, _state);

    /// <summary>
    /// The effective learning rate <c>lr / |w|^2</c> of the last update, over the scale-invariant weights before it; NaN where it was not measured.
    /// </summary>
    internal double EffectiveRate { get; private set; } = double.NaN;

    /// <summary>How long the controller has observed.</summary>
    internal TimeSpan Observing { get; private set; }

    /// <summary>
    /// Writes all that must be put back to go on from here, exact to the bit: network, optimizer, random state, progress, the controller's memory, and
    /// a guard's own snapshots. The order of samples and their augmentation follow from the progress.
    /// </summary>
    internal void Save(Stream stream)
    {
        using var now = Snapshot.Take(_network, _optimizer);
        Checkpoint.Write(stream, Progress, _state, [new(NowName, now), .. _net?.Named ?? []]);
    }

    /// <summary>Goes to where another trainer of the same settings was when it was saved.</summary>
    /// <param name="stream">What <see cref="Save"/> wrote; must seek. Disposed.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidInputException">It is no checkpoint, or not one of such a trainer; nothing has changed.</exception>
    internal void Load(Stream stream, string name)
    {
        using var checkpoint = Checkpoint.Open(stream, name);
        if (checkpoint.State.GetType() != _controller.InitialState.GetType())
        {
            throw new InvalidInputException(
                $"'{name}' was saved under a controller with a {checkpoint.State.GetType().Name}, but this one has a {_controller.InitialState.GetType().Name}.");
        }

        var net = checkpoint.Has(SafetyNet.GoodName) ? CreateNet() : null;
        try
        {
            using var now = Snapshot.Take(_network, _optimizer);
            checkpoint.Fill([new(NowName, now), .. net?.Named ?? []]);
            Restore(now, name);
            (_net, net) = (net, _net);
            (Progress, _state) = (checkpoint.Progress, checkpoint.State);
        }
        finally
        {
            net?.Dispose();
        }
    }

    /// <summary>Makes one update, and goes back to a snapshot after it where the guard says so.</summary>
    /// <returns>What was seen of it. With a non-finite loss nothing was applied and the progress stands.</returns>
    internal Observation Step()
    {
        _net ??= CreateNet();
        var decided = _controller.Decide(Progress, _state);
        var indices = _source(Progress.Samples, (int)Math.Min(decided.BatchSize, int.MaxValue));
        var meter = _noise is not null && _noise.Begin(Progress.Updates + 1, indices.Length) ? _noise : null;
        var loss = _batches.Backward(indices, _seed, Progress.Samples, meter);
        _optimizer.TakeGradients();
        var norm = _optimizer.GradientNorm();
        var applied = decided with { BatchSize = indices.Length };
        if (!double.IsFinite(loss))
        {
            // Left in place they would be added to those of the next step.
            _optimizer.DiscardGradients();
            var skipped = new Observation(Progress, applied, loss, norm);
            if (_net is not null)
            {
                Observe(skipped);
            }

            return skipped;
        }

        for (var group = 0; group < _groups.Length; group++)
        {
            _groups[group] = _controller.DecideGroup(group, Progress, _state);
        }

        EffectiveRate = _length is not null && Progress.Updates % LengthEvery == 0 ? decided.LearningRate / _length.SquaredLength() : double.NaN;
        _optimizer.Step(decided, _groups);
        Progress = new Progress(Progress.Updates + 1, Progress.Samples + indices.Length);
        var observation = new Observation(Progress, applied, loss, norm) { Noise = meter?.End(norm) };
        Observe(observation);
        return observation;
    }

    /// <summary>Frees the snapshots and the meter.</summary>
    public void Dispose()
    {
        _net?.Dispose();
        _noise?.Dispose();
    }

    private static void Restore(Snapshot snapshot, string name)
    {
        try
        {
            snapshot.Restore();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidInputException(new Rubato.Finding($"'{name}'", null, exception.Message), exception);
        }
    }

    private SafetyNet? CreateNet() => _controller is GuardedController guarded
        ? new SafetyNet(_network, _optimizer, mayRestart: guarded.Guard.ReferenceDrop is not null)
        : null;

    private void Observe(in Observation observation)
    {
        var start = _time.GetTimestamp();
        _state = _controller.Observe(observation, _state);
        Observing += _time.GetElapsedTime(start);
        if (Guard is { } guard)
        {
            _net?.Obey(guard.Decision);
        }
    }
}
