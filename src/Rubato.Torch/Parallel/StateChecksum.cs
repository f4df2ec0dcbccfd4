using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>A number that tells apart parameters that differ in any bit, but for a chance of about 2^-64.</summary>
internal static class StateChecksum
{
    // The offset and the prime of FNV-1a, taken eight bytes at a time: fast, and no secret is to be kept.
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The checksum of parameters and of numbers beside them.</summary>
    /// <param name="parameters">Of Float32 or Float64.</param>
    /// <param name="numbers">Such as the learning rate.</param>
    /// <returns>Never 0.</returns>
    internal static ulong Of(IEnumerable<Tensor> parameters, params ReadOnlySpan<double> numbers)
    {
        var hash = Of(Offset, MemoryMarshal.AsBytes(numbers));
        foreach (var parameter in parameters)
        {
            using var scope = NewDisposeScope();
            var layout = TensorLayout.Of(parameter);
            var dense = layout.IsDense ? parameter : parameter.detach().cpu().contiguous();
            hash = dense.dtype == ScalarType.Float32
                ? Of(hash, MemoryMarshal.AsBytes(MemoryOrder.AsSpan<float>(dense)))
                : Of(hash, MemoryMarshal.AsBytes(MemoryOrder.AsSpan<double>(dense)));
            GC.KeepAlive(dense);
        }

        return hash == 0 ? 1 : hash;
    }

    private static ulong Of(ulong hash, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            // The rotation brings the high bits, where signs are, down to where a product spreads them.
            hash = ulong.RotateLeft(unchecked((hash ^ word) * Prime), 29);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            hash = unchecked((hash ^ rest) * Prime);
        }

        return hash;
    }
}
