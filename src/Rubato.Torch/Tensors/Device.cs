using System.Globalization;

namespace Rubato.Torch.Tensors;

/// <summary>Where a tensor lives and operators run.</summary>
/// <param name="IsCuda">Whether it is a CUDA device; otherwise the CPU.</param>
/// <param name="Index">The CUDA device's number from 0; 0 for the CPU.</param>
/// <remarks>Immutable. <c>default</c> is the CPU.</remarks>
public readonly record struct Device(bool IsCuda, int Index)
{
    /// <summary>The CPU.</summary>
    public static Device Cpu => default;

    // c10::DeviceType: CPU = 0, CUDA = 1; the CPU has no index (255 stands for none).
    internal int Packed => IsCuda ? 256 + Index : 255;

    /// <summary>A CUDA device.</summary>
    /// <param name="index">Its number, 0 to 254.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is another.</exception>
    public static Device Cuda(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, 254);
        return new(IsCuda: true, index);
    }

    /// <summary>Reads <c>auto</c> (the first CUDA device if libtorch has one, else the CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The device.</returns>
    /// <exception cref="InvalidInputException">The text names no device, or one that this machine or libtorch does not have.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        switch (text)
        {
            case "cpu":
                return Cpu;
            case "auto":
                return Engine.CudaDevices > 0 ? Cuda(0) : Cpu;
        }

        var index = 0;
        var isCuda = text == "cuda"
            || (text.StartsWith("cuda:", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index));
        if (!isCuda)
        {
            throw new InvalidInputException($"--device {text} is no device; write auto, cpu, cuda or cuda:N.");
        }

        if (index >= Engine.CudaDevices)
        {
            throw new InvalidInputException(
                $"--device {text} is not there: this libtorch ({Engine.LibtorchVersion}) sees {Engine.CudaDevices} CUDA devices; "
                + "use --device cpu, or set LIBTORCH to a CUDA build.");
        }

        return Cuda(index);
    }

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    /// <returns>The text that <see cref="Parse"/> reads.</returns>
    public override string ToString() => IsCuda ? $"cuda:{Index}" : "cpu";

    internal static Device Unpack(int packed) => packed >> 8 == 1 ? Cuda((packed & 255) == 255 ? 0 : packed & 255) : Cpu;
}
