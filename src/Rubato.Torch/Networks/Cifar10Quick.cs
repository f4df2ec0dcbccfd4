using Rubato.Text;
using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>
/// Caffe's <c>cifar10_quick</c>: three 5x5 convolutions (32, 32, 64) with max, average, average pooling and two linear layers without a
/// ReLU between; 145,578 parameters on 3x32x32. Raw pixels minus the mean image, Gaussian initial weights, biases at twice the rate.
/// </summary>
/// <remarks>
/// <c>norm: batch</c> is not Caffe's: it puts a batch normalization after each convolution, whose bias is dropped, and starts from PyTorch's
/// initial weights on standardised pixels, since Caffe's tiny ones (1e-4) would make the first steps of a scale-invariant layer huge.
/// </remarks>
internal sealed class Cifar10Quick : Layer
{
    private readonly Layer _body;
    private readonly Layer _ip1;
    private readonly Layer _ip2;

    private Cifar10Quick(InputShape input, bool normalize)
    {
        var (conv1, conv2, conv3) = normalize
            ? (new Conv2d(input.Channels, 32, 5, padding: 2, bias: false), new Conv2d(32, 32, 5, padding: 2, bias: false), new Conv2d(32, 64, 5, padding: 2, bias: false))
            : (Caffe.Convolution(input.Channels, 32, 0.0001), Caffe.Convolution(32, 32, 0.01), Caffe.Convolution(32, 64, 0.01));
        List<Layer> body = [Add("conv1", conv1)];
        Normalize(body, normalize, "bn1", 32);
        body.AddRange([Caffe.MaxPool(), new Relu(), Add("conv2", conv2)]);
        Normalize(body, normalize, "bn2", 32);
        body.AddRange([new Relu(), Caffe.AveragePool(), Add("conv3", conv3)]);
        Normalize(body, normalize, "bn3", 64);
        body.AddRange([new Relu(), Caffe.AveragePool(), new Flatten()]);
        _body = new Chain(body);
        var features = Caffe.Features(input);
        _ip1 = Add("ip1", normalize ? new Linear(features, 64) : Caffe.InnerProduct(features, 64, 0.1));
        _ip2 = Add("ip2", normalize ? new Linear(64, input.Classes) : Caffe.InnerProduct(64, input.Classes, 0.1));
    }

    internal static NetworkKind Kind { get; } = new(
        "cifar10-quick(norm: none|batch)",
        "Caffe's quick CIFAR-10 network",
        name => name == "cifar10-quick",
        Read);

    public override Tensor Forward(Tensor input, ForwardMode mode) =>
        _ip2.Forward(_ip1.Forward(_body.Forward(input, mode), mode), mode);

    public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => _ip2.Trace(_ip1.Trace(_body.Trace(input, trace), trace), trace);

    private static NetworkDesign Read(CallExpression options)
    {
        var normalize = options.TakeWord("norm", "none", "none", "batch") == "batch";
        options.Finish();
        return new NetworkDesign(input =>
        {
            input.RequireImage(options.Source, 8);
            return new Cifar10Quick(input, normalize);
        })
        {
            IsConvolutional = true,
            WantsRawPixels = !normalize,
            UsualSgdRate = normalize ? null : Caffe.Rate,
            UsualWeightDecay = normalize ? 5e-4 : Caffe.WeightDecay,
        };
    }

    private void Normalize(List<Layer> body, bool normalize, string name, int channels)
    {
        if (normalize)
        {
            body.Add(Add(name, new BatchNorm(channels)));
        }
    }
}
