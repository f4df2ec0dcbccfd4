using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>A U-Net of two levels, with a batch normalization of TorchSharp's after each convolution but the last.</summary>
internal sealed class NormalizedUNet : Module<Tensor, Tensor>
{
    private readonly Sequential _full = Block(1, 8);
    private readonly Sequential _half = Block(8, 16);
    private readonly ConvTranspose2d _up = ConvTranspose2d(16, 8, 2, stride: 2);
    private readonly Sequential _joined = Block(16, 8);
    private readonly Conv2d _output = Conv2d(8, 1, 1);

    internal NormalizedUNet()
        : base(nameof(NormalizedUNet)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var full = _full.call(input);
        var half = _half.call(functional.max_pool2d(full, 2));
        return _output.call(_joined.call(cat([full, _up.call(half)], 1)));
    }

    private static Sequential Block(int channels, int made) => Sequential(Conv2d(channels, made, 3, padding: 1), BatchNorm2d(made), ReLU());
}
