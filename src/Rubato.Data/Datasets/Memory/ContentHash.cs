using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rubato.Data.Datasets.Memory;

/// <summary>SHA-256 over decoded content: the same data give the same hash, however they were packed.</summary>
internal static class ContentHash
{
    /// <summary>Hashes the extents, then pixels and labels of each split.</summary>
    internal static string OfImages(ImmutableArray<int> shape, params ReadOnlySpan<(byte[] Pixels, byte[] Labels)> splits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "images", shape);
        foreach (var (pixels, labels) in splits)
        {
            Append(hash, "split", [labels.Length]);
            hash.AppendData(pixels);
            hash.AppendData(labels);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Hashes a table: the extents, the features as little-endian doubles row by row, the labels as little-endian 16-bit numbers.
    /// </summary>
    internal static string OfTable(int rows, int features, ReadOnlySpan<double> values, ReadOnlySpan<ushort> labels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "table", [rows, features]);
        hash.AppendData(MemoryMarshal.AsBytes(values));
        hash.AppendData(MemoryMarshal.AsBytes(labels));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string word, ImmutableArray<int> numbers) =>
        hash.AppendData(Encoding.ASCII.GetBytes($"{word} {string.Join(' ', numbers)}\n"));
}
