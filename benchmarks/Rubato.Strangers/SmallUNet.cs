using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Strangers;

/// <summary>A U-Net of two levels: each way up is joined with what the way down had at its size. No normalization.</summary>
internal sealed class SmallUNet : Module<Tensor, Tensor>
{
    private readonly Conv2d _full = Conv2d(1, 8, 3, padding: 1);
    private readonly Conv2d _half = Conv2d(8, 16, 3, padding: 1);
    private readonly Conv2d _quarter = Conv2d(16, 32, 3, padding: 1);
    private readonly ConvTranspose2d _upToHalf = ConvTranspose2d(32, 16, 2, stride: 2);
    private readonly Conv2d _joinedHalf = Conv2d(32, 16, 3, padding: 1);
    private readonly ConvTranspose2d _upToFull = ConvTranspose2d(16, 8, 2, stride: 2);
    private readonly Conv2d _joinedFull = Conv2d(16, 8, 3, padding: 1);
    private readonly Conv2d _output = Conv2d(8, 1, 1);

    internal SmallUNet()
        : base(nameof(SmallUNet)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        var full = _full.call(input).relu();
        var half = _half.call(functional.max_pool2d(full, 2)).relu();
        var quarter = _quarter.call(functional.max_pool2d(half, 2)).relu();
        var upHalf = _joinedHalf.call(cat([half, _upToHalf.call(quarter)], 1)).relu();
        var upFull = _joinedFull.call(cat([full, _upToFull.call(upHalf)], 1)).relu();
        return _output.call(upFull);
    }
}
