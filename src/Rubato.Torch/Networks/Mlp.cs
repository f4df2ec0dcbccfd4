using Rubato.Text;
using Rubato.Torch.Layers;

namespace Rubato.Torch.Networks;

/// <summary>
/// A multi-layer perceptron: flatten, then per hidden layer linear, batch normalization if asked for, ReLU, dropout if asked for, and a
/// last linear layer. Names as of PyTorch's <c>Sequential</c>.
/// </summary>
internal static class Mlp
{
    internal static NetworkKind Kind { get; } = new(
        "mlp(SIZE, ..., norm: none|batch, dropout: P)",
        "a multi-layer perceptron; hidden sizes 256, 128 unless given",
        name => name == "mlp",
        Read);

    private static NetworkDesign Read(CallExpression options)
    {
        var sizes = options.TakeSizes("a hidden size");
        var normalize = options.TakeWord("norm", "none", "none", "batch") == "batch";
        var dropout = options.TakeNumber("dropout", 0, p => p is >= 0 and < 1, "at least 0 and below 1");
        options.Finish();
        return new NetworkDesign(input => new Sequential(Layers(input, sizes.Count > 0 ? sizes : [256, 128], normalize, dropout)));
    }

    private static IEnumerable<Layer> Layers(InputShape input, IReadOnlyList<int> sizes, bool normalize, double dropout)
    {
        yield return new Flatten();
        var width = input.Length;
        foreach (var size in sizes)
        {
            yield return new Linear(width, size);
            if (normalize)
            {
                yield return new BatchNorm(size);
            }

            yield return new Relu();
            if (dropout > 0)
            {
                yield return new Dropout(dropout);
            }

            width = size;
        }

        yield return new Linear(width, input.Classes);
    }
}
