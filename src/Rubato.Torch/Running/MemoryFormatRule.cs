using static TorchSharp.torch;

namespace Rubato.Torch.Running;

/// <summary>The order of images in memory.</summary>
/// <remarks>
/// Channels-last for every convolutional network on the CPU: each was measured to be faster with it (<c>docs/engine.md</c>). CUDA keeps
/// libtorch's default, since nothing was measured there.
/// </remarks>
internal static class MemoryFormatRule
{
    /// <summary>The order for a network on a device.</summary>
    /// <param name="isConvolutional">Whether it has convolutions.</param>
    /// <param name="device">The device that computes the network.</param>
    /// <returns>The order.</returns>
    public static MemoryFormat Choose(bool isConvolutional, Device device) =>
        isConvolutional && !Devices.IsCuda(device) ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;

    internal static string NameOf(MemoryFormat format) => format == MemoryFormat.ChannelsLast ? "channels-last" : "contiguous";
}
