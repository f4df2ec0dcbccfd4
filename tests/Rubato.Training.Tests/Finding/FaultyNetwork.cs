using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Training.Tests.Finding;

/// <summary>A network that throws at one of its forward passes in training, or gives NaN there.</summary>
internal sealed class FaultyNetwork : Layer
{
    private readonly Layer _inner;
    private int _passes;

    internal FaultyNetwork(Layer inner) => _inner = Add("inner", inner);

    /// <summary>The pass at which it throws, from 1.</summary>
    internal int ThrowsAt { get; set; }

    /// <summary>The pass at which its outputs are NaN, from 1.</summary>
    internal int NaNAt { get; set; }

    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        if (mode == ForwardMode.Training && ++_passes == ThrowsAt)
        {
            throw new InvalidOperationException("The network is broken.");
        }

        var output = _inner.Forward(input, mode);
        return mode == ForwardMode.Training && _passes == NaNAt ? Ops.Multiply(output, double.NaN) : output;
    }
}
