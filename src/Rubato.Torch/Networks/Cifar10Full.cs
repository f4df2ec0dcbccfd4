using Rubato.Text;
using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>
/// Caffe's <c>cifar10_full</c>: three 5x5 convolutions (32, 32, 64) with max, average, average pooling, local response normalization
/// within channels after the first two, and one linear layer; 89,578 parameters on 3x32x32. Raw pixels minus the mean image, Gaussian
/// initial weights; the last layer's weights decay 250 times as fast, its bias not at all; the biases of conv1, conv2 and ip1 learn at
/// twice the rate.
/// </summary>
internal sealed class Cifar10Full : Layer
{
    private readonly Layer _body;

    private Cifar10Full(InputShape input) => _body = new Chain(
    [
        Add("conv1", Caffe.Convolution(input.Channels, 32, 0.0001)),
        Caffe.MaxPool(),
        new Relu(),
        new WithinChannelLrn(3, 5e-5, 0.75),
        Add("conv2", Caffe.Convolution(32, 32, 0.01)),
        new Relu(),
        Caffe.AveragePool(),
        new WithinChannelLrn(3, 5e-5, 0.75),
        Add("conv3", Caffe.Convolution(32, 64, 0.01, biasRateMultiplier: 1)),
        new Relu(),
        Caffe.AveragePool(),
        new Flatten(),
        Add("ip1", Caffe.InnerProduct(Caffe.Features(input), input.Classes, 0.01, weightDecayMultiplier: 250, biasDecayMultiplier: 0)),
    ]);

    internal static NetworkKind Kind { get; } = new(
        "cifar10-full",
        "Caffe's full CIFAR-10 network, with local response normalization within channels",
        name => name == "cifar10-full",
        Read);

    public override Tensor Forward(Tensor input, ForwardMode mode) => _body.Forward(input, mode);

    public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => _body.Trace(input, trace);

    private static NetworkDesign Read(CallExpression options)
    {
        options.Finish();
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.Source, 8);
            return new Cifar10Full(input);
        })
        {
            IsConvolutional = true,
            WantsRawPixels = true,
            UsualSgdRate = Caffe.Rate,
            UsualWeightDecay = Caffe.WeightDecay,
        };
    }
}
