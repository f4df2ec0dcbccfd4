using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>
/// Normalization and ReLU before each of two 3x3 convolutions, beside a shortcut. Where the channels change, the shortcut is a 1x1
/// convolution of the activated input; else it is the input as it came.
/// </summary>
internal sealed class WideBlock : Layer
{
    private readonly Layer _activation;
    private readonly Layer _body;
    private readonly Conv2d? _shortcut;

    internal WideBlock(int inputs, int outputs, int stride, double dropout)
    {
        _activation = new Chain([Add("bn1", new BatchNorm(inputs)), new Relu()]);
        _body = new Chain(
        [
            Add("conv1", new Conv2d(Initializer.HeFanOut(outputs, inputs, 3, 3), bias: null, stride, padding: 1)),
            Add("bn2", new BatchNorm(outputs)),
            new Relu(),
            new Dropout(dropout),
            Add("conv2", new Conv2d(Initializer.HeFanOut(outputs, outputs, 3, 3), bias: null, padding: 1)),
        ]);
        _shortcut = inputs == outputs
            ? null
            : Add("convShortcut", new Conv2d(Initializer.HeFanOut(outputs, inputs, 1, 1), bias: null, stride));
    }

    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        var activated = _activation.Forward(input, mode);
        return Ops.Add(_body.Forward(activated, mode), _shortcut?.Forward(activated, mode) ?? input);
    }

    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        var activated = _activation.Trace(input, trace);
        return trace.Added(_body.Trace(activated, trace), _shortcut is null ? input : _shortcut.Trace(activated, trace));
    }
}
