using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Networks;

/// <summary>
/// A multi-layer perceptron: flatten, then per hidden layer linear, batch normalization if asked for, ReLU, dropout if asked for, and a
/// last linear layer. Names as of PyTorch's <c>Sequential</c>.
/// </summary>
public sealed class Mlp : Sequential, ILengthTraced
{
    /// <summary>A network on the CPU; its weights are drawn by libtorch's generator, layer by layer.</summary>
    /// <param name="input">What enters, as images or rows, and how many classes leave.</param>
    /// <param name="sizes">The sizes of the hidden layers; each at least 1.</param>
    /// <param name="normalize">Whether there are batch normalizations.</param>
    /// <param name="dropout">The probability after each hidden layer; in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Mlp(InputShape input, IReadOnlyList<int> sizes, bool normalize = false, double dropout = 0)
        : base([.. Layers(input, sizes, normalize, dropout)])
    {
    }

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.InOrder(children(), input);
    }

    private static IEnumerable<Module<Tensor, Tensor>> Layers(InputShape input, IReadOnlyList<int> sizes, bool normalize, double dropout)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentOutOfRangeException.ThrowIfNegative(dropout);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dropout, 1);
        yield return Flatten();
        var width = input.Length;
        foreach (var size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(sizes));
            yield return Linear(width, size);
            if (normalize)
            {
                yield return new GhostBatchNorm(size);
            }

            yield return ReLU(inplace: true);
            if (dropout > 0)
            {
                yield return Dropout(dropout);
            }

            width = size;
        }

        yield return Linear(width, input.Classes);
    }
}
