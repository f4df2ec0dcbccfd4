using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Networks;

/// <summary>Initial weights other than the defaults of PyTorch's layers, drawn by libtorch's generator.</summary>
internal static class Initializer
{
    /// <summary>Normal with mean 0 and a given deviation; Caffe's <c>gaussian</c> filler.</summary>
    /// <param name="weight">The tensor, which it fills.</param>
    /// <param name="deviation">The standard deviation; at least 0.</param>
    public static void Gaussian(Tensor weight, double deviation)
    {
        using var noGrad = no_grad();
        init.normal_(weight, 0, deviation);
    }

    /// <summary>
    /// Normal with mean 0 and deviation <c>sqrt(2 / fanOut)</c>, <c>fanOut = out * kernel area</c> (He et al. 2015, arXiv 1502.01852,
    /// equation 14), as ResNets and wide ResNets use it.
    /// </summary>
    /// <param name="weight">(out, in, kernel, kernel), which it fills.</param>
    public static void HeFanOut(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        Gaussian(weight, Math.Sqrt(2.0 * weight.size(1) / weight.numel()));
    }

    /// <summary>All 0.</summary>
    /// <param name="bias">The tensor, which it fills.</param>
    public static void Zeros(Tensor bias)
    {
        using var noGrad = no_grad();
        init.zeros_(bias);
    }
}
