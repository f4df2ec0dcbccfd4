using static TorchSharp.torch;

namespace Rubato.Torch.Layers;

/// <summary>Shapes of what there is once for each channel of (N, C, ...).</summary>
internal static class ChannelShape
{
    /// <summary>(1, C, 1, ...): a number a channel, beside all values of an input.</summary>
    internal static long[] Of(Tensor input)
    {
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[1] = input.size(1);
        return shape;
    }

    /// <summary>All dimensions but that of the channels.</summary>
    internal static long[] AllBut(Tensor input)
    {
        var dimensions = new long[input.dim() - 1];
        for (var i = 1; i < dimensions.Length; i++)
        {
            dimensions[i] = i + 1;
        }

        return dimensions;
    }
}
