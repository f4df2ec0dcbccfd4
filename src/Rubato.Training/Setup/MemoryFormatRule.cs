using Rubato.Torch;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using static TorchSharp.torch;

namespace Rubato.Training.Setup;

/// <summary>The order of images in memory.</summary>
/// <remarks>
/// Channels-last for every network of convolutions on the CPU: each was measured to be faster with it (<c>docs/engine.md</c>). CUDA keeps
/// libtorch's default, on which nothing was measured.
/// </remarks>
internal static class MemoryFormatRule
{
    internal static MemoryFormat Choose(NetworkDesign design, Device device) =>
        design.IsConvolutional && !Devices.IsCuda(device) ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;

    internal static string NameOf(MemoryFormat format) => format == MemoryFormat.ChannelsLast ? "channels-last" : "contiguous";
}
