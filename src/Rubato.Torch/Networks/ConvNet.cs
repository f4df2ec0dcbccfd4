using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Networks;

/// <summary>
/// A small convolutional network: blocks of 3x3 convolution, batch normalization, ReLU, with a 2x2 max pooling after each but the last,
/// then the mean of each channel and a linear layer. With 16, 32, 64 channels on one input channel it has 24,058 parameters.
/// Names as of PyTorch's <c>Sequential</c>.
/// </summary>
public sealed class ConvNet : Sequential, ILengthTraced
{
    /// <summary>A network on the CPU; its weights are drawn by libtorch's generator, layer by layer.</summary>
    /// <param name="input">What enters, large enough for the poolings, and how many classes leave.</param>
    /// <param name="channels">The channels of the blocks; at least one block, each number at least 1.</param>
    /// <param name="normalize">Whether there are batch normalizations; the convolutions then have no bias.</param>
    /// <param name="dropout">The probability before the last layer; in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ConvNet(InputShape input, IReadOnlyList<int> channels, bool normalize = true, double dropout = 0)
        : base([.. Layers(input, channels, normalize, dropout)])
    {
    }

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.InOrder(children(), input);
    }

    private static IEnumerable<Module<Tensor, Tensor>> Layers(InputShape input, IReadOnlyList<int> channels, bool normalize, double dropout)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentOutOfRangeException.ThrowIfZero(channels.Count, nameof(channels));
        ArgumentOutOfRangeException.ThrowIfNegative(dropout);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dropout, 1);
        var width = input.Channels;
        for (var block = 0; block < channels.Count; block++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(channels[block], 1, nameof(channels));
            yield return Conv2d(width, channels[block], kernel_size: 3, padding: 1, bias: !normalize);
            width = channels[block];
            if (normalize)
            {
                yield return new GhostBatchNorm(width);
            }

            yield return ReLU(inplace: true);
            if (block < channels.Count - 1)
            {
                yield return MaxPool2d(kernel_size: 2, stride: 2);
            }
        }

        yield return new GlobalAveragePool();

        // Changes nothing any more, but the layers after it have the numbers that they have in PyTorch.
        yield return Flatten();
        if (dropout > 0)
        {
            yield return Dropout(dropout);
        }

        yield return Linear(width, input.Classes);
    }
}
