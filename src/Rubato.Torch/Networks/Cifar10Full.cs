using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>
/// Caffe's <c>cifar10_full</c>: three 5x5 convolutions (32, 32, 64) with max, average, average pooling, local response normalization
/// within channels after the first two, and one linear layer; 89,578 parameters on 3x32x32. Raw pixels minus the mean image, Gaussian
/// initial weights; the last layer's weights decay 250 times as fast, its bias not at all; the biases of conv1, conv2 and ip1 learn at
/// twice the rate.
/// </summary>
public sealed class Cifar10Full : Module<Tensor, Tensor>, ILengthTraced, IParameterMultipliers
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "norm")]
    private readonly WithinChannelLrn _norm;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "conv3")]
    private readonly Conv2d _conv3;
    [ComponentName(Name = "ip1")]
    private readonly Linear _ip1;

    /// <summary>A network on the CPU; its weights are drawn by libtorch's generator, layer by layer.</summary>
    /// <param name="input">What enters, at least 8x8 pixels, and how many classes leave.</param>
    public Cifar10Full(InputShape input)
        : base(nameof(Cifar10Full))
    {
        ArgumentNullException.ThrowIfNull(input);
        _conv1 = Caffe.Convolution(input.Channels, 32, 0.0001);
        _norm = new WithinChannelLrn(3, 5e-5, 0.75);
        _conv2 = Caffe.Convolution(32, 32, 0.01);
        _conv3 = Caffe.Convolution(32, 64, 0.01);
        _ip1 = Caffe.InnerProduct(Caffe.Features(input), input.Classes, 0.01);
        RegisterComponents();
    }

    /// <summary>The function.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        // Holds what is between: outside of a scope the garbage collector could free it while an operator reads it.
        using var scope = NewDisposeScope();
        var output = _norm.call(F.relu(Caffe.MaxPool(_conv1.call(input)), inplace: true));
        output = _norm.call(Caffe.AveragePool(F.relu(_conv2.call(output), inplace: true)));
        output = Caffe.AveragePool(F.relu(_conv3.call(output), inplace: true));
        return _ip1.call(output.flatten(1)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var stream = input;
        foreach (var convolution in new[] { _conv1, _conv2 })
        {
            stream = trace.Through(_norm, trace.Homogeneous(trace.Through(convolution, stream)));
        }

        return trace.Through(_ip1, trace.Homogeneous(trace.Through(_conv3, stream)));
    }

    /// <inheritdoc/>
    public (double Rate, double Decay) MultipliersOf(string parameterName) => parameterName switch
    {
        "conv1.bias" or "conv2.bias" => (2, 1),
        "ip1.weight" => (1, 250),
        "ip1.bias" => (2, 0),
        _ => (1, 1),
    };
}
