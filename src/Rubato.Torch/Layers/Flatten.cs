using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>All dimensions but the first as one: (N, ...) to (N, product).</summary>
public sealed class Flatten : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.Flatten(input);

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        return input;
    }
}
