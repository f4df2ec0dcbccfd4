using Rubato.Torch.Memory;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Layers;

/// <summary>
/// Caffe's local response normalization within channels: <c>y = x (1 + alpha a)^-beta</c>, where a is the mean of x squared over a
/// window around each pixel, zeros outside the image included.
/// </summary>
/// <param name="size">The window's side; odd.</param>
/// <param name="alpha">The factor; 5e-5 in Caffe's CIFAR-10 network.</param>
/// <param name="beta">The exponent; 0.75 there.</param>
/// <remarks>Krizhevsky et al. 2012, section 3.3, in the form of Caffe's <c>WITHIN_CHANNEL</c>.</remarks>
public sealed class WithinChannelLrn(long size, double alpha, double beta) : Module<Tensor, Tensor>(nameof(WithinChannelLrn))
{
    /// <summary>The function.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>The shape of the input.</returns>
    public override Tensor forward(Tensor input)
    {
        var square = input * input;
        var mean = F.avg_pool2d(square, size, stride: 1, padding: size / 2);

        // In place: the gradient of the mean needs its input only.
        var scaled = mean.TimesInPlace(alpha).PlusInPlace(1.0);
        var factor = scaled.Power(-beta);
        var output = input * factor;

        // Without a dispose scope the garbage collector could free a tensor while an operator reads it.
        GC.KeepAlive(square);
        GC.KeepAlive(mean);
        GC.KeepAlive(scaled);
        GC.KeepAlive(factor);
        return output;
    }
}
