using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>How the first values of weights are drawn, by libtorch's generator.</summary>
public static class Initializer
{
    /// <summary>
    /// Uniform in <c>[-1/sqrt(fanIn), 1/sqrt(fanIn))</c>: PyTorch's default for linear and convolution layers, weights and biases alike
    /// (its <c>kaiming_uniform_(a = sqrt(5))</c> comes to the same bound).
    /// </summary>
    /// <param name="fanIn">The numbers that enter one output; at least 1.</param>
    /// <param name="shape">The sizes.</param>
    /// <returns>The tensor, on the CPU.</returns>
    public static Tensor TorchDefault(long fanIn, params ReadOnlySpan<long> shape)
    {
        var tensor = Ops.Empty(shape);
        var bound = 1 / Math.Sqrt(fanIn);
        Ops.FillUniform(tensor, -bound, bound);
        return tensor;
    }

    /// <summary>Normal with mean 0 and a given deviation; Caffe's <c>gaussian</c> filler.</summary>
    /// <param name="deviation">The standard deviation; at least 0.</param>
    /// <param name="shape">The sizes.</param>
    /// <returns>The tensor, on the CPU.</returns>
    public static Tensor Gaussian(double deviation, params ReadOnlySpan<long> shape)
    {
        var tensor = Ops.Empty(shape);
        Ops.FillNormal(tensor, 0, deviation);
        return tensor;
    }

    /// <summary>
    /// Normal with mean 0 and deviation <c>sqrt(2 / fanOut)</c>, <c>fanOut = shape[0] * kernel area</c> (He et al. 2015, arXiv 1502.01852,
    /// equation 14): what ResNets and wide ResNets start from.
    /// </summary>
    /// <param name="shape">(out, in, kernel, kernel).</param>
    /// <returns>The tensor, on the CPU.</returns>
    public static Tensor HeFanOut(params ReadOnlySpan<long> shape)
    {
        var fanOut = shape[0];
        foreach (var size in shape[2..])
        {
            fanOut *= size;
        }

        return Gaussian(Math.Sqrt(2.0 / fanOut), shape);
    }
}
