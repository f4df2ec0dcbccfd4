using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Memory;

/// <summary>Device, type and memory order of a module's parameters and buffers.</summary>
/// <remarks>Make optimizers, groups and snapshots afterwards: a change of type or device replaces the tensors.</remarks>
internal static class ModuleMemory
{
    /// <summary>Moves parameters and buffers to a device; tensors of four dimensions take the given order in memory.</summary>
    /// <param name="module">The module.</param>
    /// <param name="device">The device.</param>
    /// <param name="format">The order in memory.</param>
    /// <exception cref="InvalidOperationException">TorchSharp cannot use the device.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The device has not enough memory.</exception>
    public static void MoveTo(this nn.Module module, Device device, MemoryFormat format)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(device);
        module.to(device);
        using var noGrad = no_grad();
        foreach (var tensor in module.parameters().Concat(module.buffers()).Where(tensor => tensor.dim() == 4))
        {
            using var scope = NewDisposeScope();

            // A copy, so that no two tensors share the memory that one of them is set to.
            tensor.set_(MemoryOrder.Arrange(tensor.clone(), format));
        }
    }

    /// <summary>Converts floating-point parameters and buffers to another type; whole numbers stay as they are.</summary>
    /// <param name="module">The module.</param>
    /// <param name="type">Float32 or Float64.</param>
    public static void ConvertTo(this nn.Module module, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.to(type);
    }
}
