using static TorchSharp.torch;

namespace Peers;

/// <summary>The training set of an IDX or CIFAR-10 folder, normalized as ../README.md says.</summary>
internal static class Images
{
    /// <summary>Images [N, C, H, W] of the type and labels [N] of 64-bit integers.</summary>
    public static (Tensor Images, Tensor Labels) Read(string network, string folder, ScalarType type)
    {
        var (pixels, labels, shape) = network is "mlp" or "convnet" ? ReadIdx(folder) : ReadCifar10(folder);
        using var scope = NewDisposeScope();
        var images = tensor(pixels, shape).to(ScalarType.Float64);
        if (network == "cifar10-full")
        {
            images = images - Single(images.mean([0L], keepdim: true));
        }
        else
        {
            var mean = images.mean([0L, 2, 3], keepdim: true) / 255;
            var deviation = ((images / 255) - mean).square().mean([0L, 2, 3], keepdim: true).sqrt();
            images = (images * Single(1 / (255 * deviation))) + Single(-mean / deviation);
        }

        return (
            Single(images).to(type).MoveToOuterDisposeScope(), tensor(labels, [labels.Length]).to(ScalarType.Int64).MoveToOuterDisposeScope());
    }

    // The nearest numbers of 32 bits.
    private static Tensor Single(Tensor values) => values.to(ScalarType.Float32).to(ScalarType.Float64);

    // Headers of 16 and 8 bytes; the files' own sizes say how many there are.
    private static (byte[] Pixels, byte[] Labels, long[] Shape) ReadIdx(string folder)
    {
        var pixels = File.ReadAllBytes(Path.Combine(folder, "train-images-idx3-ubyte"))[16..];
        var labels = File.ReadAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"))[8..];
        return (pixels, labels, [labels.Length, 1, 28, 28]);
    }

    // A record is the label's byte and 3 planes of 32 x 32.
    private static (byte[] Pixels, byte[] Labels, long[] Shape) ReadCifar10(string folder)
    {
        const int Size = 3 * 32 * 32;
        byte[] records = [.. Enumerable.Range(1, 5).SelectMany(i => File.ReadAllBytes(Path.Combine(folder, $"data_batch_{i}.bin")))];
        var labels = new byte[records.Length / (Size + 1)];
        var pixels = new byte[labels.Length * Size];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = records[i * (Size + 1)];
            Array.Copy(records, (i * (Size + 1)) + 1, pixels, i * Size, Size);
        }

        return (pixels, labels, [labels.Length, 3, 32, 32]);
    }
}
