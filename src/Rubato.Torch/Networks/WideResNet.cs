using System.Globalization;
using Rubato.Text;
using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>
/// The wide residual networks of Zagoruyko and Komodakis 2016 (arXiv 1605.07146): pre-activation blocks, three stages of n blocks with
/// 16 k, 32 k, 64 k channels; depth D = 6 n + 4, width k. Names as in the usual PyTorch versions:
/// <c>block1.layer.0.{bn1,conv1,bn2,conv2,convShortcut}</c>.
/// </summary>
internal sealed class WideResNet : Layer
{
    private readonly Layer _body;

    private WideResNet(InputShape input, int blocks, int factor, double dropout)
    {
        List<Layer> body = [Add("conv1", new Conv2d(Initializer.HeFanOut(16, input.Channels, 3, 3), bias: null, padding: 1))];
        var width = 16;
        for (var stage = 0; stage < 3; stage++)
        {
            var outputs = (16 << stage) * factor;
            body.Add(Add($"block{stage + 1}", new Stage(width, outputs, blocks, stage == 0 ? 1 : 2, dropout)));
            width = outputs;
        }

        body.AddRange([Add("bn1", new BatchNorm(width)), new Relu(), new GlobalAveragePool2d(), new Flatten()]);
        var last = new Linear(Initializer.TorchDefault(width, input.Classes, width), Ops.Zeros([input.Classes]));
        body.Add(Add("fc", last));
        _body = new Chain(body);
    }

    internal static NetworkKind Kind { get; } = new(
        "wrn-D-K(dropout: P)",
        "wide ResNets of depth D = 6 n + 4 and width K, such as wrn-16-4",
        name => Numbers(name) is not null,
        Read);

    public override Tensor Forward(Tensor input, ForwardMode mode) => _body.Forward(input, mode);

    public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => _body.Trace(input, trace);

    private static NetworkDesign Read(CallExpression options)
    {
        var dropout = options.TakeNumber("dropout", 0, p => p is >= 0 and < 1, "at least 0 and below 1");
        options.Finish();
        var (depth, factor) = Numbers(options.Name) ?? throw new InvalidInputException($"--network {options.Name} has no depth.");
        if (depth < 10 || (depth - 4) % 6 != 0 || factor is < 1 or > 64 || depth > 1000)
        {
            throw new InvalidInputException(
                $"--network {options.Source}: depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64; e.g. wrn-16-4.");
        }

        return new NetworkDesign(input =>
        {
            input.RequireImage(options.Source, 8);
            return new WideResNet(input, (depth - 4) / 6, factor, dropout);
        })
        {
            IsConvolutional = true,
        };
    }

    private static (int Depth, int Factor)? Numbers(string name) =>
        name.Split('-') is ["wrn", var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
        && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var factor)
        && name == $"wrn-{depth}-{factor}"
            ? (depth, factor)
            : null;

    /// <summary>A stage: blocks under the name <c>layer</c>.</summary>
    private sealed class Stage : Layer
    {
        private readonly Layer _blocks;

        internal Stage(int inputs, int outputs, int blocks, int stride, double dropout) => _blocks = Add(
            "layer",
            new Sequential(Enumerable.Range(0, blocks).Select(
                block => new WideBlock(block == 0 ? inputs : outputs, outputs, block == 0 ? stride : 1, dropout))));

        public override Tensor Forward(Tensor input, ForwardMode mode) => _blocks.Forward(input, mode);

        public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => _blocks.Trace(input, trace);
    }
}
