using Rubato.Torch.Layers;
using Rubato.Torch.Memory;
using Rubato.Torch.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>The loss of a batch and its gradients, computed some samples at a time.</summary>
/// <param name="objective">What is trained, and for what.</param>
/// <param name="size">How many samples are computed at once; null for the whole batch.</param>
internal sealed class MicroBatches(Objective objective, int? size)
{
    /// <summary>The mean loss over a batch.</summary>
    /// <param name="indices">Its examples; at least one.</param>
    /// <param name="seed">What images are changed by, with the position.</param>
    /// <param name="position">Where the batch begins, in samples.</param>
    internal double Loss(ReadOnlySpan<int> indices, long seed, long position) =>
        Run(indices, seed, position, backward: false, PartsOf(indices.Length), null);

    /// <summary>The mean loss over a batch, whose gradients are added to those that the parameters have.</summary>
    /// <param name="indices">Its examples; at least one.</param>
    /// <param name="seed">What images are changed by, with the position.</param>
    /// <param name="position">Where the batch begins, in samples.</param>
    /// <param name="noise">Measures the noise of the gradients, and then decides how the batch is taken apart; null for none.</param>
    internal double Backward(ReadOnlySpan<int> indices, long seed, long position, NoiseMeter? noise = null) =>
        Run(indices, seed, position, backward: true, noise?.Parts ?? PartsOf(indices.Length), noise);

    /// <summary>The means of what an evaluation measures, in the mode that the network has.</summary>
    /// <param name="indices">The examples; at least one.</param>
    internal Evaluation Evaluate(ReadOnlySpan<int> indices)
    {
        var (parts, loss, correct) = (PartsOf(indices.Length), 0.0, 0.0);
        for (var i = 0; i < parts.Count; i++)
        {
            using var scope = NewDisposeScope();
            var sums = objective.Sum(indices[parts[i]]);
            (loss, correct) = (loss + sums.Loss, correct + sums.Accuracy);
        }

        return new Evaluation(loss / indices.Length, correct / indices.Length);
    }

    private BatchParts PartsOf(int samples) => new(samples, size ?? samples);

    // Each part's loss is weighted by its share of the batch, so the gradients add up to that of the batch's mean loss.
    private double Run(ReadOnlySpan<int> indices, long seed, long position, bool backward, BatchParts parts, NoiseMeter? noise)
    {
        if (!objective.Network.training)
        {
            objective.Network.train();
        }

        var mean = 0.0;
        for (var i = 0; i < parts.Count; i++)
        {
            using var scope = NewDisposeScope();
            var part = indices[parts[i]];
            var lost = objective.Loss(part, new SampleDraw(seed, position + parts[i].Start.Value));
            var share = (double)part.Length / indices.Length;
            if (backward)
            {
                Backward(lost, parts.Count == 1 ? null : share);
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
