using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>In training, sets elements to 0 with a probability and divides the rest by its complement (Srivastava et al. 2014).</summary>
/// <param name="probability">In [0, 1).</param>
public sealed class Dropout(double probability) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) =>
        mode == ForwardMode.Training && probability > 0 ? Ops.Dropout(input, probability) : input;

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Homogeneous(input);
    }
}
