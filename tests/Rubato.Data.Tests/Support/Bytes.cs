using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Tests.Support;

/// <summary>Makes small files of each format.</summary>
internal static class Bytes
{
    internal static byte[] Idx(int magic, int[] extents, byte[] content)
    {
        var bytes = new byte[4 + (4 * extents.Length) + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, magic);
        for (var i = 0; i < extents.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * i)), extents[i]);
        }

        content.CopyTo(bytes, bytes.Length - content.Length);
        return bytes;
    }

    internal static byte[] Images(int count, int height, int width) => Idx(0x803, [count, height, width], Noise(count * height * width, count));

    internal static byte[] Images(int count, int height, int width, params byte[] pixels) => Idx(0x803, [count, height, width], pixels);

    internal static byte[] Labels(params byte[] labels) => Idx(0x801, [labels.Length], labels);

    internal static byte[] Cycle(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % classes))];

    internal static byte[] Cifar(int count, params byte[][] labels)
    {
        var records = new MemoryStream();
        for (var i = 0; i < count; i++)
        {
            foreach (var label in labels)
            {
                records.WriteByte(label[i]);
            }

            records.Write(Noise(3072, i));
        }

        return records.ToArray();
    }

    internal static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    // Two thirds zeros, as in a drawing, so that gzip has something to do.
    internal static byte[] Noise(int length, long seed)
    {
        var random = new CounterRandom(seed, 77, 0);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(random.NextInt(3) == 0 ? random.NextInt(256) : 0);
        }

        return bytes;
    }

    internal static InputFile File(string name, byte[] content) => InputFile.InMemory(name, content);

    internal static InputFile File(string name, string content) => InputFile.InMemory(name, Encoding.UTF8.GetBytes(content));
}
