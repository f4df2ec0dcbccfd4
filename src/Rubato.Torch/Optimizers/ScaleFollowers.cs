using Rubato.Torch.Layers;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// What is as long as the weights of a group that grow: the running means after them and the biases between, and, squared, the running
/// variances.
/// </summary>
/// <param name="lengths">What goes with the length.</param>
/// <param name="normalizations">The normalizations that take the length away.</param>
internal sealed class ScaleFollowers(IEnumerable<Tensor> lengths, IReadOnlyList<GhostBatchNorm> normalizations) : IDisposable
{
    private readonly TensorList _lengths = new([.. lengths, .. normalizations.Select(normalization => normalization.Running.Mean)]);
    private readonly TensorList _squares = new([.. normalizations.Select(normalization => normalization.Running.Variance)]);

    /// <summary>The weights have become so many times longer than they were.</summary>
    internal void Follow(double factor)
    {
        if (factor != 1)
        {
            Multiply(_lengths, factor);
            Multiply(_squares, factor * factor);
        }
    }

    /// <summary>The weights are so many times as long as with weight decay.</summary>
    internal void SetScale(double scale)
    {
        foreach (var normalization in normalizations)
        {
            normalization.InputScale = scale;
        }
    }

    private static void Multiply(TensorList tensors, double factor) => ElementwiseUpdate.Run(new Scaling(factor), tensors, tensors);

    public void Dispose()
    {
        _lengths.Dispose();
        _squares.Dispose();
    }
}
