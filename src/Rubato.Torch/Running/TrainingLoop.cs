using System.Collections.Immutable;
using Rubato.Control;
using Rubato.Torch.Checkpoints;
using Rubato.Torch.Lengths;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Parallel;
using Rubato.Torch.Snapshots;
using Module = TorchSharp.torch.nn.Module;

namespace Rubato.Torch.Running;

/// <summary>Gives the examples of the global batch that starts at a position.</summary>
/// <param name="samplesSeen">Samples since the start of the run.</param>
/// <param name="batchSize">The number of examples asked for; at least 1.</param>
/// <returns>The indices of the examples, at least one; there may be fewer than asked for. Valid until the next call.</returns>
internal delegate ReadOnlySpan<int> BatchSource(long samplesSeen, int batchSize);

/// <summary>The loop: decide, read, update, observe. It alone sees data, network, optimizer and controller together.</summary>
/// <remarks>
/// Gradient and loss are added up over all processes before anything looks at them, so that all decide alike.
/// Owns only the meters of noise and descent, and the snapshots for a <see cref="GuardedController"/>, which are taken before the first
/// update. Belongs to the thread that runs it.
/// </remarks>
internal sealed class TrainingLoop : IDisposable
{
    private const string NowName = "now";

    // Chosen, not fitted: to read all weights takes a hundredth of a small network's step, and their length moves slowly.
    private const int LengthEvery = 10;

    private readonly Module _network;
    private readonly Optimizer _optimizer;
    private readonly MicroBatches _batches;
    private readonly BatchSource _source;
    private readonly NoiseMeter? _noise;
    private readonly DescentMeter? _descent;
    private readonly LengthMeter? _length;
    private readonly GradientClip? _clip;
    private readonly Team _team;
    private readonly long _seed;
    private readonly TimeProvider _time;
    private readonly HyperParameters[] _groups;
    private Driver _driver;
    private SafetyNet? _net;

    internal TrainingLoop(
        Objective objective,
        Optimizer optimizer,
        Controller controller,
        BatchSource source,
        long seed,
        int? microBatch,
        TimeProvider? time = null,
        NoiseMeter? noise = null,
        LengthMeter? length = null,
        DescentMeter? descent = null,
        GradientClip? clip = null,
        Team? team = null)
    {
        (_network, _optimizer, _source) = (objective.Network, optimizer, source);
        (_noise, _length, _descent, _clip) = (noise, length, descent, clip);
        (_seed, _time) = (seed, time ?? TimeProvider.System);
        _team = team ?? Team.Single;
        _batches = new MicroBatches(objective, microBatch, _team);
        _driver = new Driver(controller);
        _groups = new HyperParameters[controller.Plan.Settings.Groups.Length];
    }

    /// <summary>The controller that decides.</summary>
    internal Controller Controller => _driver.Controller;

    /// <summary>Updates and samples so far.</summary>
    internal Progress Progress => _driver.Progress;

    /// <summary>The controller's memory after the last update.</summary>
    internal ControllerState State => _driver.State;

    /// <summary>The guard after the last update; null without one.</summary>
    internal GuardState? Guard => _driver.Guard;

    /// <summary>The controller's events after the last update.</summary>
    internal ImmutableArray<ControllerEvent> Events => _driver.Events;

    /// <summary>The hyper-parameters of the next update.</summary>
    internal HyperParameters Next => _driver.Next;

    /// <summary>
    /// The effective learning rate <c>lr / |w|^2</c> of the last update, over the scale-invariant weights before it; NaN if it was not
    /// measured.
    /// </summary>
    internal double EffectiveRate { get; private set; } = double.NaN;

    /// <summary>
    /// What clipping has left of the gradient's norm in the last update that was applied, in (0, 1]; null without clipping, and before.
    /// </summary>
    internal double? ClipFactor { get; private set; }

    /// <summary>The share of the updates whose gradient was clipped, 0..1; null without clipping, and before the first.</summary>
    internal double? ClippedShare => _clip?.Share;

    /// <summary>What is counted over all updates and is no part of the training's state.</summary>
    internal LoopCounts Counts => new(Observing.TotalSeconds, _clip?.Updates ?? 0, _clip?.Clipped ?? 0);

    /// <summary>The time that the controller's observing has taken, over all updates.</summary>
    internal TimeSpan Observing { get; private set; }

    /// <summary>Progress, plan and the controller's memory, as <see cref="Driver.Save"/> gives them.</summary>
    internal string Position => _driver.Save();

    /// <summary>
    /// Writes what a <see cref="Position"/> lacks to go on from here, exact to the bit: network, optimizer, random state, and a guard's own
    /// snapshots. The order of samples and their augmentation follow from the progress.
    /// </summary>
    internal void SaveTensors(Stream stream)
    {
        using var now = Snapshot.Take(_network, _optimizer);
        SnapshotFile.Write(stream, [new(NowName, now), .. _net?.Named ?? []]);
    }

    /// <summary>Restores the state that a trainer of the same settings has saved.</summary>
    /// <param name="position">What <see cref="Position"/> was.</param>
    /// <param name="tensors">What <see cref="SaveTensors"/> wrote; must seek. Disposed.</param>
    /// <param name="name">The name of what it was saved as, for messages.</param>
    /// <param name="policy">What to do if it was saved under another plan.</param>
    /// <param name="counts">What <see cref="Counts"/> was.</param>
    /// <exception cref="InvalidInputException">It is no such state, or one of other settings; nothing has changed.</exception>
    internal void Load(
        string position, Stream tensors, string name, ResumePolicy policy = ResumePolicy.Strict, LoopCounts counts = default)
    {
        using var file = SnapshotFile.Open(tensors, name);
        var driver = new Driver(_driver.Controller);
        driver.Restore(position, policy);
        var net = file.Has(SafetyNet.GoodName) ? CreateNet() : null;
        try
        {
            using var now = Snapshot.Take(_network, _optimizer);
            file.Fill([new(NowName, now), .. net?.Named ?? []]);
            Restore(now, name);
            (_net, net) = (net, _net);
            (_driver, Observing) = (driver, TimeSpan.FromSeconds(counts.ObservingSeconds));
            _clip?.Continue(counts.ClipUpdates, counts.Clipped);
        }
        finally
        {
            net?.Dispose();
        }
    }

    /// <summary>Makes one update, and restores a snapshot after it if the guard says so.</summary>
    /// <returns>
    /// The loss, gradient norm and values of the update. With a non-finite loss nothing was applied and the progress stands.
    /// </returns>
    internal Observation Step()
    {
        _net ??= CreateNet();
        var decided = _driver.Next;
        var indices = _source(Progress.Samples, (int)Math.Min(decided.BatchSize, int.MaxValue));
        var meter = _noise is not null && _noise.Begin(Progress.Updates + 1, indices.Length) ? _noise : null;
        var own = _batches.Backward(indices, _seed, Progress.Samples, meter);
        TakenGradients.Require(_team, indices.Length, _network);
        var all = _team.Sum(indices.Length, meter?.Measured(own) ?? new Totals(own, 0, 0, 0), decided.LearningRate);
        var loss = all.Loss;
        TakenGradients.Take(_optimizer, _network);
        var norm = _optimizer.GradientNorm();
        if (!double.IsFinite(loss))
        {
            // Otherwise the next backward pass would add to these gradients.
            _optimizer.DiscardGradients();
            return Report(loss, indices.Length, norm, noise: null, descent: null);
        }

        for (var group = 0; group < _groups.Length; group++)
        {
            _groups[group] = _driver.NextOf(_driver.Plan.Settings.Groups[group].Name);
        }

        EffectiveRate = _length is not null && Progress.Updates % LengthEvery == 0
            ? decided.LearningRate / _length.SquaredLength()
            : double.NaN;

        // A rate of 0 moves nothing, whatever the direction is.
        var descent = decided.LearningRate > 0 ? _descent : null;
        descent?.Begin();
        ClipFactor = _clip?.Apply(_optimizer, norm, Progress.Samples);
        _optimizer.Step(decided, _groups);
        return Report(loss, indices.Length, norm, meter?.End(norm, all), descent?.End(decided.LearningRate));
    }

    /// <summary>Tells the controller of an evaluation after the last update.</summary>
    internal void Evaluated(in EvaluationMetrics metrics) => _driver.ReportEvaluation(metrics);

    /// <summary>Frees the snapshots and the meters.</summary>
    public void Dispose()
    {
        _net?.Dispose();
        _noise?.Dispose();
        _descent?.Dispose();
    }

    private static void Restore(Snapshot snapshot, string name)
    {
        try
        {
            snapshot.Restore();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidInputException(new Finding($"'{name}'", null, exception.Message), exception);
        }
    }

    private SafetyNet? CreateNet() => _driver.Controller is GuardedController guarded
        ? new SafetyNet(_network, _optimizer, mayRestart: guarded.Guard.ReferenceDrop is not null)
        : null;

    private Observation Report(double loss, int samples, double norm, GradientNoise? noise, double? descent)
    {
        var start = _time.GetTimestamp();
        var decision = _driver.Report(loss, samples, norm, noise, descent);
        Observing += _time.GetElapsedTime(start);
        _net?.Obey(decision);
        return _driver.LastObservation;
    }
}
