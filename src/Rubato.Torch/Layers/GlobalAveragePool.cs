using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Layers;

/// <summary>The mean of each channel: (N, C, H, W) to (N, C).</summary>
/// <remarks>
/// PyTorch's <c>AdaptiveAvgPool2d(1)</c> gives a gradient in contiguous order, whatever the order of its input. The backward pass of the
/// batch normalization before it then takes three times as long, a tenth of <c>convnet</c>'s step (<c>docs/engine.md</c>). This layer
/// keeps the order.
/// </remarks>
public sealed class GlobalAveragePool() : Module<Tensor, Tensor>(nameof(GlobalAveragePool))
{
    /// <summary>The function.</summary>
    /// <param name="input">(N, C, H, W).</param>
    /// <returns>(N, C).</returns>
    public override Tensor forward(Tensor input) => MeanOf(input);

    /// <summary>The same as a function.</summary>
    internal static Tensor MeanOf(Tensor input)
    {
        // Views in either order; a reduction over the last dimensions alone would be one in the contiguous order only.
        var isChannelsLast = input.size(1) > 1 && input.stride(1) == 1;
        var moved = isChannelsLast ? input.permute(0, 2, 3, 1) : input;
        var flat = isChannelsLast ? moved.flatten(1, 2) : moved.flatten(2);
        var mean = flat.mean([isChannelsLast ? 1 : 2]);

        // Without a dispose scope the garbage collector could free a tensor while an operator reads it.
        GC.KeepAlive(moved);
        GC.KeepAlive(flat);
        return mean;
    }
}
