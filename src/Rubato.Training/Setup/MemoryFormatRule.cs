using Rubato.Torch.Networks;
using Rubato.Torch.Tensors;

namespace Rubato.Training.Setup;

/// <summary>The order of images in memory.</summary>
/// <remarks>
/// Channels-last where the network was measured to be faster with it, on the CPU only (<c>docs/engine.md</c>); CUDA's single-precision
/// convolutions gain nothing from it.
/// </remarks>
internal static class MemoryFormatRule
{
    internal static MemoryFormat Choose(NetworkDesign design, Device device) =>
        design.PrefersChannelsLast && !device.IsCuda ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;

    internal static string NameOf(MemoryFormat format) => format == MemoryFormat.ChannelsLast ? "channels-last" : "contiguous";
}
