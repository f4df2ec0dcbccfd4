using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>
/// Parts that Caffe's CIFAR-10 networks share: 5x5 convolutions with Gaussian weights, 3x3 pooling with stride 2 and sizes rounded up.
/// </summary>
/// <remarks>From <c>examples/cifar10/cifar10_{quick,full}_train_test.prototxt</c> of BVLC/caffe.</remarks>
internal static class Caffe
{
    internal static Conv2d Convolution(int inputs, int outputs, double deviation)
    {
        var convolution = Conv2d(inputs, outputs, kernel_size: 5, padding: 2);
        Initializer.Gaussian(convolution.weight, deviation);
        Initializer.Zeros(convolution.bias!);
        return convolution;
    }

    internal static Linear InnerProduct(int inputs, int outputs, double deviation)
    {
        var product = Linear(inputs, outputs);
        Initializer.Gaussian(product.weight, deviation);
        Initializer.Zeros(product.bias!);
        return product;
    }

    internal static Tensor MaxPool(Tensor input) => F.max_pool2d(input, kernel_size: 3, stride: 2, ceil_mode: true);

    internal static Tensor AveragePool(Tensor input) => F.avg_pool2d(input, kernel_size: 3, stride: 2, ceil_mode: true);

    /// <summary>A side after one pooling: <c>ceil((side - 3) / 2) + 1</c>.</summary>
    internal static int Pooled(int side) => ((side - 3 + 1) / 2) + 1;

    /// <summary>The numbers that leave three poolings of 64 channels.</summary>
    internal static int Features(InputShape input) =>
        64 * Pooled(Pooled(Pooled(input.Height))) * Pooled(Pooled(Pooled(input.Width)));
}
