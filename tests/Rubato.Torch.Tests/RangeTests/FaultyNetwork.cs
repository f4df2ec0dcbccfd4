using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.RangeTests;

/// <summary>A network that throws at one of its forward passes in training, or gives NaN there.</summary>
internal sealed class FaultyNetwork : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _inner;
    private int _passes;

    internal FaultyNetwork(Module<Tensor, Tensor> inner)
        : base("faulty")
    {
        _inner = inner;
        register_module("inner", inner);
    }

    /// <summary>The pass at which it throws, from 1.</summary>
    internal int ThrowsAt { get; set; }

    /// <summary>The pass at which its outputs are NaN, from 1.</summary>
    internal int NaNAt { get; set; }

    public override Tensor forward(Tensor input)
    {
        if (training && ++_passes == ThrowsAt)
        {
            throw new InvalidOperationException("The network is broken.");
        }

        var output = _inner.call(input);

        // Infinity times 0.
        return training && _passes == NaNAt ? output / zeros_like(output) * zeros_like(output) : output;
    }
}
