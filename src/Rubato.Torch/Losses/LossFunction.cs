using Rubato.Torch.Tensors;

namespace Rubato.Torch.Losses;

/// <summary>The mean loss of a batch from the network's outputs and the labels.</summary>
/// <remarks>A closed family. Immutable; equality is by value.</remarks>
public abstract record LossFunction
{
    private protected LossFunction()
    {
    }

    /// <summary>The mean loss over the batch.</summary>
    /// <param name="outputs">(N, classes).</param>
    /// <param name="labels">64-bit integers in [0, classes), of shape (N).</param>
    /// <returns>A scalar; its gradient flows to the outputs.</returns>
    /// <exception cref="TorchException">The shapes do not fit, or a label is out of range.</exception>
    public abstract Tensor Of(Tensor outputs, Tensor labels);
}

/// <summary>
/// Cross entropy of softmax(outputs) with the labels' distribution <c>(1 - s) onehot + s / classes</c> (Szegedy et al. 2016,
/// arXiv 1512.00567, section 7).
/// </summary>
/// <param name="Smoothing">The uniform distribution's share s; in [0, 1).</param>
public sealed record CrossEntropy(double Smoothing = 0) : LossFunction
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor outputs, Tensor labels) => Ops.CrossEntropy(outputs, labels, Smoothing);
}

/// <summary>The mean over samples and classes of <c>(outputs - onehot)^2</c>.</summary>
public sealed record MeanSquaredError : LossFunction
{
    /// <inheritdoc/>
    public override Tensor Of(Tensor outputs, Tensor labels) =>
        Ops.MeanSquaredError(outputs, Ops.To(Ops.OneHot(labels, outputs.Shape[1]), outputs.ScalarType));
}
