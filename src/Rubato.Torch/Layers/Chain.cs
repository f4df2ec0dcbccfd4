using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>One layer after another, without names of their own: for layers that a network has named itself.</summary>
/// <param name="layers">The layers, first to last; owned by the network.</param>
internal sealed class Chain(IReadOnlyList<Layer> layers) : Layer
{
    private readonly Layer[] _layers = [.. layers];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ForwardMode mode)
    {
        var output = input;
        foreach (var layer in _layers)
        {
            output = layer.Forward(output, mode);
        }

        return output;
    }

    /// <inheritdoc/>
    public override LengthStream? Trace(LengthStream? input, LengthTrace trace) => _layers.Aggregate(input, (stream, layer) => layer.Trace(stream, trace));
}
