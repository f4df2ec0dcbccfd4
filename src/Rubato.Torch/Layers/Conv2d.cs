using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>
/// A convolution over images: (N, in, H, W) to (N, out, H', W'). Parameters <c>weight</c> (out, in, kernel, kernel) and, where there is
/// one, <c>bias</c> (out).
/// </summary>
public sealed class Conv2d : Layer
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly long _stride;
    private readonly long _padding;

    /// <summary>A layer with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Channels in; at least 1.</param>
    /// <param name="outputs">Channels out; at least 1.</param>
    /// <param name="kernel">The window's side; at least 1.</param>
    /// <param name="stride">Pixels between windows; at least 1.</param>
    /// <param name="padding">Zeros around the image; at least 0.</param>
    /// <param name="bias">Whether there is a bias; none where a normalization follows.</param>
    public Conv2d(long inputs, long outputs, long kernel, long stride = 1, long padding = 0, bool bias = true)
    {
        var fanIn = inputs * kernel * kernel;
        _stride = stride;
        _padding = padding;
        _weight = AddParameter("weight", Initializer.TorchDefault(fanIn, outputs, inputs, kernel, kernel));
        _bias = bias ? AddParameter("bias", Initializer.TorchDefault(fanIn, outputs)) : null;
    }

    /// <summary>A layer with given initial values and multipliers.</summary>
    /// <param name="weight">(out, in, kernel, kernel); owned from here on.</param>
    /// <param name="bias">(out), or null for none; owned from here on.</param>
    /// <param name="stride">Pixels between windows; at least 1.</param>
    /// <param name="padding">Zeros around the image; at least 0.</param>
    /// <param name="biasRateMultiplier">The factor on the bias's learning rate.</param>
    public Conv2d(Tensor weight, Tensor? bias, long stride = 1, long padding = 0, double biasRateMultiplier = 1)
    {
        _stride = stride;
        _padding = padding;
        _weight = AddParameter("weight", weight);
        _bias = bias is null ? null : AddParameter("bias", bias, biasRateMultiplier);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.Conv2d(input, _weight.Value, _bias?.Value, _stride, _padding);

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Weighted(input, _weight, _bias);
    }
}
