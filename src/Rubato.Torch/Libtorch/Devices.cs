using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch;

/// <summary>Devices by name.</summary>
public static class Devices
{
    /// <summary>
    /// Reads <c>auto</c> (the first CUDA device if libtorch has one, else the CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The device.</returns>
    /// <exception cref="InvalidInputException">The text names no device, or one that this machine or libtorch does not have.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        switch (text)
        {
            case "cpu":
                return CPU;
            case "auto":
                return Engine.CudaDevices > 0 ? Cuda(0) : CPU;
        }

        var index = 0;
        var isCuda = text == "cuda"
            || (text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!isCuda)
        {
            throw new InvalidInputException(new Finding("device", text, "it must be auto, cpu, cuda or cuda:N"));
        }

        return index < Engine.CudaDevices
            ? Cuda(index)
            : throw new InvalidInputException(
                new Finding("device", text, CudaRule, "use cpu, or build with RUBATO_CUDA=1 (docs/engine.md)"));
    }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The text that <see cref="Parse"/> reads.</returns>
    public static string NameOf(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return IsCuda(device) ? $"cuda:{Math.Max(device.index, 0)}" : "cpu";
    }

    /// <summary>Whether it is a CUDA device, whose memory cannot be read in place.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Whether it is.</returns>
    internal static bool IsCuda(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CUDA;
    }

    /// <summary>What keeps a network from being computed on a device; null for nothing.</summary>
    /// <param name="setting">The setting that names it.</param>
    /// <param name="device">The device.</param>
    internal static Finding? FindingOf(string setting, Device device) => device.type switch
    {
        DeviceType.CPU => null,
        DeviceType.CUDA when device.index < Engine.CudaDevices && Engine.CudaDevices > 0 => null,
        DeviceType.CUDA => new Finding(
            setting, NameOf(device), CudaRule, "take the CPU, or reference a libtorch with CUDA, such as TorchSharp-cuda-linux"),
        _ => new Finding(setting, device, "it must be the CPU or a CUDA device"),
    };

    private static string CudaRule => $"but this libtorch ({Engine.LibtorchVersion}) sees {Engine.CudaDevices} CUDA devices";

    private static Device Cuda(int index) => new(DeviceType.CUDA, index);
}
