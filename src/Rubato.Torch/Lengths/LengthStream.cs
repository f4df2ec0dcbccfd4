using TorchSharp.Modules;

namespace Rubato.Torch.Lengths;

/// <summary>
/// Numbers in a network that become c times as large if certain weights do, since no normalization lies between.
/// </summary>
/// <remarks>
/// Made and followed by a <see cref="LengthTrace"/>. No stream (null) stands for numbers that do not depend on the length of such weights.
/// </remarks>
public sealed class LengthStream
{
    private LengthStream? _joined;

    internal LengthStream(Parameter weight, Parameter? bias)
    {
        Weight = weight;
        Bias = bias;
    }

    /// <summary>The weight that it began with.</summary>
    internal Parameter Weight { get; }

    /// <summary>The bias beside that; null for none.</summary>
    internal Parameter? Bias { get; }

    /// <summary>The stream that this one has become a part of, or itself.</summary>
    internal LengthStream Root => _joined?.Root ?? this;

    /// <summary>Makes the other one a part of this.</summary>
    internal void Join(LengthStream other)
    {
        if (Root != other.Root)
        {
            other.Root._joined = Root;
        }
    }
}
