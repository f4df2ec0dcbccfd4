using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>
/// The residual networks of He et al. 2016 for CIFAR (arXiv 1512.03385, section 4.2): a 3x3 convolution, three stages of n basic blocks
/// with 16, 32, 64 channels, the mean of each channel, a linear layer; depth 6 n + 2. Shortcuts have no parameters: at the start of a stage
/// they take every second pixel and pad the channels with zeros (option A). Names as in torchvision.
/// </summary>
public sealed class ResNet : Module<Tensor, Tensor>, ILengthTraced
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")]
    private readonly GhostBatchNorm _bn1;
    [ComponentName(Name = "layer1")]
    private readonly Sequential _layer1;
    [ComponentName(Name = "layer2")]
    private readonly Sequential _layer2;
    [ComponentName(Name = "layer3")]
    private readonly Sequential _layer3;
    [ComponentName(Name = "fc")]
    private readonly Linear _fc;

    /// <summary>A network on the CPU; its weights are drawn by libtorch's generator, layer by layer.</summary>
    /// <param name="input">What enters, at least 8x8 pixels, and how many classes leave.</param>
    /// <param name="depth">6 n + 2 layers with weights; n at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is no such number.</exception>
    public ResNet(InputShape input, int depth)
        : base(nameof(ResNet))
    {
        ArgumentNullException.ThrowIfNull(input);
        if (depth < 8 || depth % 6 != 2)
        {
            throw new ArgumentOutOfRangeException(nameof(depth), depth, "depth must be 6 n + 2: 8, 14, 20, ...");
        }

        var blocks = (depth - 2) / 6;
        _conv1 = Residual.Convolution(input.Channels, 16);
        _bn1 = new GhostBatchNorm(16);
        _layer1 = Stage(16, 16, blocks, stride: 1);
        _layer2 = Stage(16, 32, blocks, stride: 2);
        _layer3 = Stage(32, 64, blocks, stride: 2);
        _fc = Linear(64, input.Classes);
        RegisterComponents();
    }

    /// <summary>The function.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        // Holds what is between: outside of a scope the garbage collector could free it while an operator reads it.
        using var scope = NewDisposeScope();
        var output = F.relu(_bn1.call(_conv1.call(input)), inplace: true);
        output = _layer3.call(_layer2.call(_layer1.call(output)));
        return _fc.call(GlobalAveragePool.MeanOf(output)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var stream = trace.Homogeneous(trace.InOrder([_conv1, _bn1], input));
        return trace.Through(_fc, trace.Homogeneous(trace.InOrder([_layer1, _layer2, _layer3], stream)));
    }

    private static Sequential Stage(int inputs, int outputs, int blocks, int stride) =>
        Sequential(Enumerable.Range(0, blocks).Select(
            block => block == 0 ? new BasicBlock(inputs, outputs, stride) : new BasicBlock(outputs, outputs, 1)));
}
