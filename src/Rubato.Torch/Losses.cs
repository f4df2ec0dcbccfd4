using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>
/// Mean losses of a batch from the network's outputs (N, classes) and the labels, 64-bit integers in [0, classes) of shape (N); and one of
/// outputs and targets of one shape.
/// </summary>
/// <remarks>
/// Each returns a scalar whose gradient flows to the outputs, and throws <see cref="System.Runtime.InteropServices.ExternalException"/> if
/// shapes do not fit or a label is out of range. Cross entropy leaves out samples with the label -100, as in PyTorch.
/// </remarks>
public static class Losses
{
    /// <summary>Cross entropy of softmax(outputs) with the labels.</summary>
    /// <param name="outputs">(N, classes).</param>
    /// <param name="labels">(N).</param>
    /// <returns>A scalar.</returns>
    public static Tensor CrossEntropy(Tensor outputs, Tensor labels) => nn.functional.cross_entropy(outputs, labels);

    /// <summary>
    /// Cross entropy of softmax(outputs) with the labels' distribution <c>(1 - s) onehot + s / classes</c> (Szegedy et al. 2016, arXiv
    /// 1512.00567, section 7).
    /// </summary>
    /// <param name="smoothing">The uniform distribution's share s; in [0, 1).</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not in [0, 1).</exception>
    public static Func<Tensor, Tensor, Tensor> SmoothedCrossEntropy(double smoothing)
    {
        if (!(smoothing is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "smoothing must be at least 0 and below 1.");
        }

        return (outputs, labels) => nn.functional.cross_entropy(outputs, labels, label_smoothing: smoothing);
    }

    /// <summary>The mean over all elements of <c>(outputs - targets)^2</c>, for a regression.</summary>
    /// <param name="outputs">Any shape.</param>
    /// <param name="targets">The same shape.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes differ. libtorch would compare each output with each target, which is hardly ever meant.
    /// </exception>
    public static Tensor MeanSquaredError(Tensor outputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        return outputs.shape.SequenceEqual(targets.shape)
            ? nn.functional.mse_loss(outputs, targets)
            : throw new ArgumentException(
                $"The outputs have the shape ({string.Join(", ", outputs.shape)}), but the targets ({string.Join(", ", targets.shape)}); "
                + "give targets of the shape of the outputs, for instance by unsqueeze(1).",
                nameof(targets));
    }

    /// <summary>The mean over samples and classes of <c>(outputs - onehot)^2</c>.</summary>
    /// <param name="outputs">(N, classes).</param>
    /// <param name="labels">(N).</param>
    /// <returns>A scalar.</returns>
    public static Tensor OneHotSquaredError(Tensor outputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using var scope = NewDisposeScope();
        return nn.functional.mse_loss(outputs, nn.functional.one_hot(labels, outputs.shape[1]).to(outputs.dtype)).MoveToOuterDisposeScope();
    }
}
