using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Networks;

/// <summary>Two 3x3 convolutions with batch normalization beside a shortcut without parameters; ReLU after each.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>, ILengthTraced
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")]
    private readonly GhostBatchNorm _bn1;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")]
    private readonly GhostBatchNorm _bn2;
    private readonly int _stride;
    private readonly int _added;

    internal BasicBlock(int inputs, int outputs, int stride)
        : base(nameof(BasicBlock))
    {
        _stride = stride;
        _added = outputs - inputs;
        _conv1 = Residual.Convolution(inputs, outputs, stride: stride);
        _bn1 = new GhostBatchNorm(outputs);
        _conv2 = Residual.Convolution(outputs, outputs);
        _bn2 = new GhostBatchNorm(outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var inner = F.relu(_bn1.call(_conv1.call(input)), inplace: true);
        // In place: the gradient of a normalization needs its input only.
        return F.relu(_bn2.call(_conv2.call(inner)).PlusInPlace(Shortcut(input)), inplace: true);
    }

    // The shortcut only picks elements of its input, so it is homogeneous.
    public LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        var inner = trace.Homogeneous(trace.InOrder([_conv1, _bn1], input));
        return trace.Homogeneous(trace.Added(trace.InOrder([_conv2, _bn2], inner), input));
    }

    private Tensor Shortcut(Tensor input)
    {
        if (_stride == 1)
        {
            return input;
        }

        var smaller = input.slice(2, 0, long.MaxValue, _stride).slice(3, 0, long.MaxValue, _stride);
        return F.pad(smaller, [0, 0, 0, 0, _added / 2, _added - (_added / 2)]);
    }
}
