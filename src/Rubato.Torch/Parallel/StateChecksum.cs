using System.Runtime.InteropServices;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Parallel;

/// <summary>A number that tells apart parameters that differ in any bit, but for a chance of about 2^-64.</summary>
internal static class StateChecksum
{
    // The round of xxHash64, with its primes: fast, and no secret is to be kept. A multiplication alone would let the highest bit of a word
    // be taken back by one bit of the next.
    private const ulong Start = 0x27D4EB2F165667C5;
    private const ulong First = 0x9E3779B185EBCA87;
    private const ulong Second = 0xC2B2AE3D27D4EB4F;

    /// <summary>The checksum of parameters and of numbers beside them.</summary>
    /// <param name="parameters">Of Float32 or Float64.</param>
    /// <param name="numbers">Such as the learning rate.</param>
    /// <returns>Never 0.</returns>
    internal static ulong Of(IEnumerable<Tensor> parameters, params ReadOnlySpan<double> numbers)
    {
        var hash = Of(Start, MemoryMarshal.AsBytes(numbers));
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
            hash = Round(hash, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            hash = Round(hash, rest);
        }

        return hash;
    }

    private static ulong Round(ulong hash, ulong word) => unchecked(ulong.RotateLeft(hash + (word * Second), 31) * First);
}
