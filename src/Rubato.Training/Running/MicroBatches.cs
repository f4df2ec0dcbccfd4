using Rubato.Data;
using Rubato.Torch.Layers;
using Rubato.Torch.Losses;
using Rubato.Torch.Tensors;

namespace Rubato.Training.Running;

/// <summary>The loss of a batch and its gradients, computed so many samples at a time.</summary>
/// <param name="network">What is trained.</param>
/// <param name="loss">The loss.</param>
/// <param name="reader">Reads the samples.</param>
/// <param name="augmentation">The change of images.</param>
/// <param name="size">How many samples are computed at once; null for the whole batch.</param>
internal sealed class MicroBatches(Layer network, LossFunction loss, BatchReader reader, Augmentation augmentation, int? size)
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
    /// <param name="noise">Measures the noise of the gradients, and says then how the batch is taken apart.</param>
    internal double Backward(ReadOnlySpan<int> indices, long seed, long position, NoiseMeter? noise = null) =>
        Run(indices, seed, position, backward: true, noise?.Parts ?? PartsOf(indices.Length), noise);

    private BatchParts PartsOf(int samples) => new(samples, size ?? samples);

    // The gradients of the parts add up to the gradient of the batch's mean loss, whatever their sizes.
    private double Run(ReadOnlySpan<int> indices, long seed, long position, bool backward, BatchParts parts, NoiseMeter? noise)
    {
        var mean = 0.0;
        for (var i = 0; i < parts.Count; i++)
        {
            using var scope = TensorScope.Begin();
            var part = indices[parts[i]];
            var (inputs, labels) = reader.Read(part, augmentation, seed, position + parts[i].Start.Value);
            var lost = loss.Of(network.Forward(inputs, ForwardMode.Training), labels);
            var share = (double)part.Length / indices.Length;
            if (backward)
            {
                (parts.Count == 1 ? lost : Ops.Multiply(lost, share)).Backward();
                noise?.Add(i);
            }

            mean += share * lost.Item();
        }

        return mean;
    }
}
