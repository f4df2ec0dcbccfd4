using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary><c>max(x, 0)</c>, in the memory of its input.</summary>
/// <remarks>
/// In place: everything that stands before a ReLU here (linear, convolution, normalization, pooling, sum) computes its gradient without
/// its output, and one pass over memory less is what a small network's step is made of.
/// </remarks>
public sealed class Relu : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        Ops.ReluInPlace(input);
        return input;
    }

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Homogeneous(input);
    }
}
