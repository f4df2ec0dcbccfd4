using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Networks;

/// <summary>Two 3x3 convolutions with batch normalization beside a shortcut without parameters; ReLU after each.</summary>
internal sealed class BasicBlock : Layer
{
    private readonly Chain _body;
    private readonly int _stride;
    private readonly int _added;

    internal BasicBlock(int inputs, int outputs, int stride)
    {
        _stride = stride;
        _added = outputs - inputs;
        _body = new Chain(
        [
            Add("conv1", new Conv2d(Initializer.HeFanOut(outputs, inputs, 3, 3), bias: null, stride, padding: 1)),
            Add("bn1", new BatchNorm(outputs)),
            new Relu(),
            Add("conv2", new Conv2d(Initializer.HeFanOut(outputs, outputs, 3, 3), bias: null, padding: 1)),
            Add("bn2", new BatchNorm(outputs)),
        ]);
    }

    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        var sum = Ops.Add(_body.Forward(input, mode), Shortcut(input));
        Ops.ReluInPlace(sum);
        return sum;
    }

    // The shortcut is a choice of its input's elements.
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => trace.Homogeneous(trace.Added(_body.Trace(input, trace), input));

    private Tensor Shortcut(Tensor input)
    {
        if (_stride == 1)
        {
            return input;
        }

        var smaller = Ops.Slice(Ops.Slice(input, 2, 0, step: _stride), 3, 0, step: _stride);
        return Ops.PadWithZeros(smaller, 0, 0, 0, 0, _added / 2, _added - (_added / 2));
    }
}
