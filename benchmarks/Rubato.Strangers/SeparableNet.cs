using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>Depthwise separable convolutions, each with a batch normalization of TorchSharp's (as in MobileNet, arXiv 1704.04861).</summary>
internal sealed class SeparableNet : Module<Tensor, Tensor>
{
    private readonly Sequential _layers = Sequential(
        Conv2d(1, 16, 3, stride: 2, padding: 1, bias: false),
        BatchNorm2d(16),
        ReLU(),
        Separable(16, 32, stride: 1),
        Separable(32, 64, stride: 2),
        Separable(64, 64, stride: 1),
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(64, 10));

    internal SeparableNet()
        : base(nameof(SeparableNet)) => RegisterComponents();

    public override Tensor forward(Tensor input) => _layers.call(input);

    private static Sequential Separable(int channels, int made, int stride) => Sequential(
        Conv2d(channels, channels, 3, stride: stride, padding: 1, groups: channels, bias: false),
        BatchNorm2d(channels),
        ReLU(),
        Conv2d(channels, made, 1, bias: false),
        BatchNorm2d(made),
        ReLU());
}
