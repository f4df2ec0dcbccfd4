using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>
/// Normalization and ReLU before each of two 3x3 convolutions, beside a shortcut. If the channels change, the shortcut is a 1x1 convolution
/// of the activated input; otherwise it is the input itself.
/// </summary>
internal sealed class WideBlock : Module<Tensor, Tensor>, ILengthTraced
{
    [ComponentName(Name = "bn1")]
    private readonly GhostBatchNorm _bn1;
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn2")]
    private readonly GhostBatchNorm _bn2;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "convShortcut")]
    private readonly Conv2d? _shortcut;
    private readonly double _dropout;

    internal WideBlock(int inputs, int outputs, int stride, double dropout)
        : base(nameof(WideBlock))
    {
        _dropout = dropout;
        _bn1 = new GhostBatchNorm(inputs);
        _conv1 = Residual.Convolution(inputs, outputs, stride: stride);
        _bn2 = new GhostBatchNorm(outputs);
        _conv2 = Residual.Convolution(outputs, outputs);
        _shortcut = inputs == outputs ? null : Residual.Convolution(inputs, outputs, kernel: 1, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var activated = F.relu(_bn1.call(input), inplace: true);
        var inner = F.relu(_bn2.call(_conv1.call(activated)), inplace: true);
        if (_dropout > 0)
        {
            inner = F.dropout(inner, _dropout, training);
        }

        // In place: the gradient of a convolution needs its input only.
        return _conv2.call(inner).PlusInPlace(_shortcut?.call(activated) ?? input);
    }

    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        var activated = trace.Homogeneous(trace.Through(_bn1, input));
        var inner = trace.Homogeneous(trace.InOrder([_conv1, _bn2], activated));
        return trace.Added(trace.Through(_conv2, inner), _shortcut is null ? input : trace.Through(_shortcut, activated));
    }
}
