using static TorchSharp.torch;

namespace Rubato.Torch.Objectives;

/// <summary>Where and how numbers are computed.</summary>
/// <param name="Device">The device.</param>
/// <param name="Format">The order of the numbers of images in memory.</param>
/// <param name="Type">The type of floating-point numbers: Float32 or Float64.</param>
/// <remarks>Immutable.</remarks>
internal sealed record Placement(Device Device, MemoryFormat Format, ScalarType Type);
