using System.Globalization;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Layers;

/// <summary>One layer after another, named by their number from 0, as PyTorch's <c>Sequential</c> names them.</summary>
public sealed class Sequential : Layer
{
    private readonly List<Layer> _layers = [];

    /// <summary>A sequence.</summary>
    /// <param name="layers">The layers, first to last; owned from here on.</param>
    public Sequential(IEnumerable<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        foreach (var layer in layers)
        {
            Append(layer);
        }
    }

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

    private void Append(Layer layer) => _layers.Add(Add(_layers.Count.ToString(CultureInfo.InvariantCulture), layer));
}
