using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers.Updates;
using static TorchSharp.torch;

namespace Rubato.Torch.Optimizers;

/// <summary>
/// Tensors that follow the length of a group's growing weights: biases and running means in proportion, running variances by the square.
/// </summary>
/// <param name="lengths">Tensors in proportion to the length, besides the running means.</param>
/// <param name="normalizations">The normalizations after the weights, which take the length away.</param>
internal sealed class ScaleFollowers(IEnumerable<Tensor> lengths, IReadOnlyList<ScaledNormalization> normalizations) : IDisposable
{
    private readonly TensorList _lengths = new(
        [.. lengths, .. normalizations.Select(normalization => normalization.Mean).OfType<Tensor>()]);
    private readonly TensorList _squares = new([.. normalizations.Select(normalization => normalization.Variance).OfType<Tensor>()]);

    /// <summary>Follows weights whose length was multiplied by a factor.</summary>
    internal void Follow(double factor)
    {
        if (factor != 1)
        {
            Multiply(_lengths, factor);
            Multiply(_squares, factor * factor);
        }
    }

    /// <summary>Tells the normalizations the length of the weights, relative to the run with weight decay.</summary>
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
