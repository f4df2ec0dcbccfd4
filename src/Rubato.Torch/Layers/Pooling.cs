using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>The largest value of each window: (N, C, H, W) to (N, C, H', W').</summary>
/// <param name="kernel">The window's side; at least 1.</param>
/// <param name="stride">Pixels between windows; at least 1.</param>
/// <param name="ceiling">Whether a window that is cut off at the edge counts, as in Caffe.</param>
public sealed class MaxPool2d(long kernel, long stride, bool ceiling = false) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.MaxPool2d(input, kernel, stride, ceiling);

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Homogeneous(input);
    }
}

/// <summary>The mean of each window: (N, C, H, W) to (N, C, H', W').</summary>
/// <param name="kernel">The window's side; at least 1.</param>
/// <param name="stride">Pixels between windows; at least 1.</param>
/// <param name="ceiling">Whether a window that is cut off at the edge counts, divided by what is left of it, as in Caffe.</param>
public sealed class AveragePool2d(long kernel, long stride, bool ceiling = false) : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.AveragePool2d(input, kernel, stride, ceiling: ceiling);

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Homogeneous(input);
    }
}

/// <summary>The mean of each channel: (N, C, H, W) to (N, C, 1, 1).</summary>
public sealed class GlobalAveragePool2d : Layer
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.GlobalAveragePool2d(input);

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Homogeneous(input);
    }
}
