using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>
/// Caffe's local response normalization within channels: <c>y = x (1 + alpha a)^-beta</c>, where a is the mean of x squared over a
/// window around each pixel, zeros outside the image included.
/// </summary>
/// <param name="size">The window's side; odd.</param>
/// <param name="alpha">The factor; 5e-5 in Caffe's CIFAR-10 network.</param>
/// <param name="beta">The exponent; 0.75 there.</param>
/// <remarks>Krizhevsky et al. 2012, section 3.3, in the form of Caffe's <c>WITHIN_CHANNEL</c>.</remarks>
public sealed class WithinChannelLrn(long size, double alpha, double beta) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        var mean = Ops.AveragePool2d(Ops.Multiply(input, input), size, stride: 1, padding: size / 2);
        return Ops.Multiply(input, Ops.Power(Ops.Add(Ops.Multiply(mean, alpha), 1.0), -beta));
    }
}
