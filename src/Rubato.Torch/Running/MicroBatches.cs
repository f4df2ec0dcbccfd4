using Rubato.Torch.Layers;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using Rubato.Torch.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>The loss of a batch and its gradients, computed some samples at a time, by each process those of its share.</summary>
internal sealed class MicroBatches
{
    private readonly Objective _objective;
    private readonly int? _size;
    private readonly Team _team;
    private readonly Func<int, int> _statisticsOf;

    /// <summary>Batches of an objective.</summary>
    /// <param name="objective">What is trained, and for what.</param>
    /// <param name="size">How many samples are computed at once; null for all of a process.</param>
    /// <param name="team">The processes; null for a process that is alone.</param>
    internal MicroBatches(Objective objective, int? size, Team? team = null) =>
        (_objective, _size, _team, _statisticsOf) = (objective, size, team ?? Team.Single, StatisticsOf);

    /// <summary>The mean loss over a batch.</summary>
    /// <param name="indices">Its examples; at least one.</param>
    /// <param name="seed">What images are changed by, with the position.</param>
    /// <param name="position">Where the batch begins, in samples.</param>
    internal double Loss(ReadOnlySpan<int> indices, long seed, long position)
    {
        var own = Run(indices, _team.ShareOf(indices.Length), seed, position, backward: false, noise: null);
        return _team.Sum(new Totals(own, Squares: 0, Inverses: 0, Parts: 0)).Loss;
    }

    /// <summary>
    /// The mean loss over a batch, whose gradients are added to those that the parameters have. Of several processes it is what the samples
    /// of this one come to: <see cref="Team.Sum(int, in Totals, double)"/> adds it up, and the gradients.
    /// </summary>
    /// <param name="indices">Its examples; at least one.</param>
    /// <param name="seed">What images are changed by, with the position.</param>
    /// <param name="position">Where the batch begins, in samples.</param>
    /// <param name="noise">Measures the noise of the gradients, and then decides how the batch is taken apart; null for none.</param>
    internal double Backward(ReadOnlySpan<int> indices, long seed, long position, NoiseMeter? noise = null)
    {
        _team.Begin(isMeasured: noise is { Parts.Count: > 1 }, indices.Length, _statisticsOf);
        return Run(indices, _team.ShareOf(indices.Length), seed, position, backward: true, noise);
    }

    /// <summary>The means of what an evaluation measures, in the mode that the network has.</summary>
    /// <param name="indices">The examples; at least one.</param>
    internal Evaluation Evaluate(ReadOnlySpan<int> indices)
    {
        RequireAll(indices.Length);
        var own = indices[_team.ShareOf(indices.Length).Range];
        var (loss, correct) = (0.0, 0.0);
        if (!own.IsEmpty)
        {
            var parts = PartsOf(own.Length);
            for (var i = 0; i < parts.Count; i++)
            {
                using var scope = NewDisposeScope();
                var sums = _objective.Sum(own[parts[i]]);
                (loss, correct) = (loss + sums.Loss, correct + sums.Accuracy);
            }
        }

        (loss, correct) = _team.SumInOrder(loss, correct);
        return new Evaluation(loss / indices.Length, correct / indices.Length);
    }

    // All processes find it at once, before any waits in a layer.
    private void RequireAll(int samples)
    {
        if (_team.NeedsAll && samples < _team.Peers.Size)
        {
            throw new InvalidInputException(new Finding(
                nameof(TrainerSettings.SyncBatchNorm),
                null,
                $"but a batch of {samples} leaves some of the {_team.Peers.Size} processes without a sample",
                "take larger batches or fewer processes, or leave it out"));
        }
    }

    private BatchParts PartsOf(int samples) => new(samples, _size ?? samples);

    // A ghost batch has statistics of its own within a part.
    private int StatisticsOf(int samples)
    {
        var parts = PartsOf(samples);
        var count = 0;
        for (var part = 0; part < parts.Count; part++)
        {
            count += _team.Unit == 1 ? 1 : new BatchParts(parts.LengthOf(part), _team.Unit).Count;
        }

        return count;
    }

    // Each part's loss is weighted by its share of the global batch, so the gradients of all add up to that of the batch's mean loss.
    private double Run(ReadOnlySpan<int> indices, Share own, long seed, long position, bool backward, NoiseMeter? noise)
    {
        if (!_objective.Network.training)
        {
            _objective.Network.train();
        }

        RequireAll(indices.Length);
        if (own.IsEmpty)
        {
            return 0;
        }

        _team.SeedDraws(seed, position);
        var mean = 0.0;
        var parts = noise?.Parts ?? PartsOf(own.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            using var scope = NewDisposeScope();
            var start = own.Start + parts[i].Start.Value;
            var part = indices.Slice(start, parts.LengthOf(i));
            var lost = _objective.Loss(part, new SampleDraw(seed, position + start));
            var share = (double)part.Length / indices.Length;
            if (backward)
            {
                Backward(lost, part.Length == indices.Length ? null : share);
                noise?.Add(i);
            }

            mean += share * MemoryOrder.Number(lost);
        }

        return mean;
    }

    private static void Backward(Tensor loss, double? share)
    {
        if (share is not { } number)
        {
            loss.backward();
            return;
        }

        // TorchSharp does not keep the number alive while libtorch uses it.
        using Scalar kept = number;
        loss.mul(kept).backward();
    }
}
