using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>
/// Caffe's <c>cifar10_quick</c>: three 5x5 convolutions (32, 32, 64) with max, average, average pooling and two linear layers without a
/// ReLU between; 145,578 parameters on 3x32x32. Raw pixels minus the mean image, Gaussian initial weights, biases at twice the rate.
/// </summary>
/// <remarks>
/// <c>norm batch</c> is not Caffe's: it puts a batch normalization after each convolution, whose bias is dropped, and starts from PyTorch's
/// initial weights on standardised pixels, since Caffe's tiny ones (1e-4) would make the first steps of a scale-invariant layer huge.
/// </remarks>
public sealed class Cifar10Quick : Module<Tensor, Tensor>, ILengthTraced, IParameterMultipliers
{
    private readonly bool _normalizes;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")]
    private readonly GhostBatchNorm? _bn1;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")]
    private readonly GhostBatchNorm? _bn2;
    [ComponentName(Name = "conv3")]
    private readonly Conv2d _conv3;
    [ComponentName(Name = "bn3")]
    private readonly GhostBatchNorm? _bn3;
    [ComponentName(Name = "ip1")]
    private readonly Linear _ip1;
    [ComponentName(Name = "ip2")]
    private readonly Linear _ip2;

    /// <summary>A network on the CPU; its weights are drawn by libtorch's generator, layer by layer.</summary>
    /// <param name="input">What enters, at least 8x8 pixels, and how many classes leave.</param>
    /// <param name="normalize">
    /// Whether there are batch normalizations, and initial weights and multipliers are PyTorch's, not Caffe's.
    /// </param>
    public Cifar10Quick(InputShape input, bool normalize = false)
        : base(nameof(Cifar10Quick))
    {
        ArgumentNullException.ThrowIfNull(input);
        _normalizes = normalize;
        var features = Caffe.Features(input);
        _conv1 = Convolution(input.Channels, 32, 0.0001);
        _bn1 = Normalization(32);
        _conv2 = Convolution(32, 32, 0.01);
        _bn2 = Normalization(32);
        _conv3 = Convolution(32, 64, 0.01);
        _bn3 = Normalization(64);
        _ip1 = normalize ? Linear(features, 64) : Caffe.InnerProduct(features, 64, 0.1);
        _ip2 = normalize ? Linear(64, input.Classes) : Caffe.InnerProduct(64, input.Classes, 0.1);
        RegisterComponents();
    }

    /// <summary>The function.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, classes).</returns>
    public override Tensor forward(Tensor input)
    {
        // Holds what is between: outside of a scope the garbage collector could free it while an operator reads it.
        using var scope = NewDisposeScope();
        var output = F.relu(Caffe.MaxPool(Through(_conv1, _bn1, input)), inplace: true);
        output = Caffe.AveragePool(F.relu(Through(_conv2, _bn2, output), inplace: true));
        output = Caffe.AveragePool(F.relu(Through(_conv3, _bn3, output), inplace: true));
        return _ip2.call(_ip1.call(output.flatten(1))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var stream = input;
        foreach (var (convolution, normalization) in new[] { (_conv1, _bn1), (_conv2, _bn2), (_conv3, _bn3) })
        {
            stream = trace.Through(convolution, stream);
            stream = trace.Homogeneous(normalization is null ? stream : trace.Through(normalization, stream));
        }

        return trace.InOrder([_ip1, _ip2], stream);
    }

    /// <inheritdoc/>
    public (double Rate, double Decay) MultipliersOf(string parameterName)
    {
        ArgumentNullException.ThrowIfNull(parameterName);
        return (!_normalizes && parameterName.EndsWith(".bias", StringComparison.Ordinal) ? 2 : 1, 1);
    }

    private static Tensor Through(Conv2d convolution, GhostBatchNorm? normalization, Tensor input)
    {
        var output = convolution.call(input);
        return normalization?.call(output) ?? output;
    }

    private Conv2d Convolution(int inputs, int outputs, double deviation) => _normalizes
        ? Conv2d(inputs, outputs, kernel_size: 5, padding: 2, bias: false)
        : Caffe.Convolution(inputs, outputs, deviation);

    private GhostBatchNorm? Normalization(int channels) => _normalizes ? new GhostBatchNorm(channels) : null;
}
