using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>What Caffe's CIFAR-10 networks share: 5x5 convolutions with Gaussian weights, 3x3 pooling with stride 2 and sizes rounded up.</summary>
/// <remarks>From <c>examples/cifar10/cifar10_{quick,full}_train_test.prototxt</c> of BVLC/caffe.</remarks>
internal static class Caffe
{
    /// <summary>The solvers' rate in their first stage, with momentum 0.9.</summary>
    internal const double Rate = 0.001;

    /// <summary>The solvers' weight decay.</summary>
    internal const double WeightDecay = 0.004;

    internal static Conv2d Convolution(int inputs, int outputs, double deviation, double biasRateMultiplier = 2) =>
        new(Initializer.Gaussian(deviation, outputs, inputs, 5, 5), Ops.Zeros([outputs]), padding: 2, biasRateMultiplier: biasRateMultiplier);

    internal static Linear InnerProduct(
        int inputs, int outputs, double deviation, double weightDecayMultiplier = 1, double biasDecayMultiplier = 1) =>
        new(
            Initializer.Gaussian(deviation, outputs, inputs),
            Ops.Zeros([outputs]),
            weightDecayMultiplier,
            biasRateMultiplier: 2,
            biasDecayMultiplier);

    internal static MaxPool2d MaxPool() => new(kernel: 3, stride: 2, ceiling: true);

    internal static AveragePool2d AveragePool() => new(kernel: 3, stride: 2, ceiling: true);

    /// <summary>A side after one pooling: <c>ceil((side - 3) / 2) + 1</c>.</summary>
    internal static int Pooled(int side) => ((side - 3 + 1) / 2) + 1;

    /// <summary>The numbers that leave three poolings of 64 channels.</summary>
    internal static int Features(InputShape input) =>
        64 * Pooled(Pooled(Pooled(input.Height))) * Pooled(Pooled(Pooled(input.Width)));
}
