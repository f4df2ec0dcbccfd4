using Rubato.Text;
using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>
/// The residual networks of He et al. 2016 for CIFAR (arXiv 1512.03385, section 4.2): a 3x3 convolution, three stages of n basic blocks
/// with 16, 32, 64 channels, the mean of each channel, a linear layer; depth 6 n + 2. Shortcuts have no parameters: where a stage begins
/// they take every second pixel and pad the channels with zeros (option A). Names as in torchvision.
/// </summary>
internal sealed class ResNet : Layer
{
    private static readonly int[] Depths = [20, 32, 44, 56, 110];
    private readonly Layer _body;

    private ResNet(InputShape input, int blocks)
    {
        List<Layer> body =
        [
            Add("conv1", new Conv2d(Initializer.HeFanOut(16, input.Channels, 3, 3), bias: null, padding: 1)),
            Add("bn1", new BatchNorm(16)),
            new Relu(),
        ];
        var width = 16;
        for (var stage = 0; stage < 3; stage++)
        {
            var outputs = 16 << stage;
            body.Add(Add($"layer{stage + 1}", new Sequential(Stage(width, outputs, blocks, stage == 0 ? 1 : 2))));
            width = outputs;
        }

        body.AddRange([new GlobalAveragePool2d(), new Flatten(), Add("fc", new Linear(width, input.Classes))]);
        _body = new Chain(body);
    }

    internal static NetworkKind Kind { get; } = new(
        "resnet-20|32|44|56|110",
        "the CIFAR ResNets of He et al. 2016",
        name => DepthOf(name) is not null,
        Read);

    public override Tensor Forward(Tensor input, ForwardMode mode) => _body.Forward(input, mode);

    public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => _body.Trace(input, trace);

    private static NetworkDesign Read(CallExpression options)
    {
        options.Finish();
        var depth = DepthOf(options.Name) ?? throw new InvalidInputException($"--network {options.Name} has no depth.");
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.Source, 8);
            return new ResNet(input, (depth - 2) / 6);
        })
        {
            IsConvolutional = true,
            UsualWeightDecay = 1e-4,
        };
    }

    private static int? DepthOf(string name) =>
        Depths.Where(depth => name == $"resnet-{depth}").Select(depth => (int?)depth).FirstOrDefault();

    private static IEnumerable<Layer> Stage(int inputs, int outputs, int blocks, int stride)
    {
        yield return new BasicBlock(inputs, outputs, stride);
        for (var block = 1; block < blocks; block++)
        {
            yield return new BasicBlock(outputs, outputs, 1);
        }
    }
}
