using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Torch.Objectives;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Parallel;
using Rubato.Torch.Snapshots;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Running;

/// <summary>The result of one run of a range test.</summary>
/// <param name="Curve">The measured losses; null if the run was interrupted before the first update.</param>
/// <param name="Samples">Samples that were trained on.</param>
/// <remarks>Immutable.</remarks>
internal sealed record SweptCurve(RangeCurve? Curve, long Samples);

/// <summary>
/// One run of a range test on a network and its optimizer. Afterwards both, and the random state, are as they were before.
/// </summary>
/// <remarks>
/// Batches come in an order of their own, from the training samples that are not held out. The training itself sees its samples as if there
/// had been no test. Belongs to the thread that trains.
/// </remarks>
internal sealed class RangeSweep
{
    // "sweep" and "swout" in ASCII. The run and its rehearsal draw their orders by the same seed; with these added, no epoch has theirs.
    private const long OrderOffset = 0x7377656570;
    private const long HeldOutOffset = 0x73776F7574;

    private readonly Objective _objective;
    private readonly Optimizer _optimizer;
    private readonly TrainingTask _run;
    private readonly Sweep _sweep;
    private readonly Team _team;
    private readonly BatchOrder _order;
    private readonly int[] _heldOut;
    private readonly int[] _swept;
    private int[] _batch = [];

    internal RangeSweep(Objective objective, Optimizer optimizer, TrainingTask run, Sweep sweep, Team? team = null)
    {
        _team = team ?? Team.Single;
        (_objective, _optimizer, _run, _sweep) = (objective, optimizer, run, sweep);
        var all = new int[objective.Count];
        BatchOrder.Permutation(unchecked(run.Seed + HeldOutOffset), epoch: 0, all);
        (_heldOut, _swept) = (all[..sweep.HeldOut], all[sweep.HeldOut..]);
        _order = new BatchOrder(_swept.Length, unchecked(run.Seed + OrderOffset));
    }

    /// <summary>The training samples that the accuracy is measured on.</summary>
    internal ReadOnlySpan<int> HeldOut => _heldOut;

    /// <summary>The training samples that the sweep trains on.</summary>
    internal ReadOnlySpan<int> Swept => _swept;

    /// <summary>Runs the sweep.</summary>
    /// <param name="told">Called after each update with the measured point and the smoothed loss.</param>
    /// <param name="cancellation">Ends the sweep after the update in progress.</param>
    internal SweptCurve Run(Action<RangePoint, double>? told, CancellationToken cancellation)
    {
        var test = _sweep.Test.Start();
        using var before = Snapshot.Take(_objective.Network, _optimizer);
        using var trainer = new TrainingLoop(
            _objective,
            _optimizer,
            new PlanController(_sweep.PlanFor(_run)),
            Batch,
            unchecked(_run.Seed + OrderOffset),
            _run.MicroBatch,
            clip: GradientClip.OfStart(_run),
            team: _team);
        try
        {
            while (!cancellation.IsCancellationRequested && test.TryNext(out var rate))
            {
                var update = test.Updates + 1;
                var loss = trainer.Step().Loss;
                var accuracy = Accuracy(update, loss);
                test.Report(loss, accuracy);
                told?.Invoke(new RangePoint(update, rate, loss, accuracy), test.SmoothedLoss);
            }
        }
        finally
        {
            // An update that an exception broke off has left gradients.
            _optimizer.DiscardGradients();
            before.Restore();
        }

        return new SweptCurve(test.Updates > 0 ? test.ToCurve() : null, trainer.Progress.Samples);
    }

    private double? Accuracy(long update, double loss)
    {
        var isMeasured = _sweep.AccuracyEvery > 0
            && double.IsFinite(loss)
            && (update % _sweep.AccuracyEvery == 0 || update == _sweep.Test.Updates);
        var accuracy = isMeasured ? Evaluation.Of(_objective, _heldOut, _team).Accuracy : double.NaN;

        // Not a number if the network's outputs are no scores of classes.
        return double.IsNaN(accuracy) ? null : accuracy;
    }

    private ReadOnlySpan<int> Batch(long samplesSeen, int batchSize)
    {
        if (_batch.Length < batchSize)
        {
            _batch = new int[batchSize];
        }

        var places = _order.Next(samplesSeen, batchSize);
        for (var i = 0; i < places.Length; i++)
        {
            _batch[i] = _swept[places[i]];
        }

        return _batch.AsSpan(0, places.Length);
    }
}
