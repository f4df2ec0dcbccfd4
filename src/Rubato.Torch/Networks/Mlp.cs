using Rubato.Language;
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

    internal static NetworkKind Kind { get; } = new(
        "mlp(SIZE, ..., norm none|batch, dropout P)",
        "a multi-layer perceptron; hidden sizes 256, 128 unless given",
        name => name == "mlp",
        Read);

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.InOrder(children(), input);
    }

    private static NetworkDesign Read(CallExpression options)
    {
        var sizes = options.TakeSizes("a hidden size");
        var normalize = options.TakeWord("norm", "none", "none", "batch") == "batch";
        var dropout = options.TakeNumber("dropout", 0, p => p is >= 0 and < 1, "at least 0 and below 1");
        options.Finish();
        return new NetworkDesign(input => new Mlp(input, sizes.Count > 0 ? sizes : [256, 128], normalize, dropout));
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
