using System.Buffers.Binary;
using System.Text;

namespace Rubato.Data.Tests.Fuzzing;

/// <summary>Damages files: one to four changes, each drawn from the stream (seed, mutation).</summary>
internal static class Mutator
{
    private static readonly uint[] Numbers = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 1024, 1025, 65535, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000000];

    private static readonly byte[][] Tokens =
        [.. new[] { "\"", "\"\"", ",", "\n", "\r\n", ",,", "NaN", "Infinity", "1e999", "-", "1e-400", "\uFEFF", "\0", "999999999999999999999", "a", "0x10", "\u00e9", "\u001f\u008b" }.Select(Encoding.UTF8.GetBytes)];

    internal static byte[] Mutate(byte[] original, ref CounterRandom random)
    {
        var bytes = original;
        for (var changes = 1 + random.NextInt(4); changes > 0; changes--)
        {
            bytes = Change(bytes, ref random);
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, ref CounterRandom random)
    {
        if (bytes.Length == 0)
        {
            return Chunk(ref random);
        }

        switch (random.NextInt(9))
        {
            case 0:
                return Edit(bytes, random.NextInt(bytes.Length), [(byte)(bytes[0] ^ (1 << random.NextInt(8)))]);
            case 1:
                var at = random.NextInt(bytes.Length);
                return Edit(bytes, at, [(byte)(bytes[at] ^ (1 << random.NextInt(8)))]);
            case 2:
                return Edit(bytes, random.NextInt(bytes.Length), [(byte)Numbers[random.NextInt(6)]]);
            case 3:
                return bytes[..random.NextInt(bytes.Length)];
            case 4:
                var cut = random.NextInt(Math.Min(bytes.Length, 40));
                return bytes[..^cut];
            case 5:
                return Splice(bytes, random.NextInt(bytes.Length + 1), removed: 0, Chunk(ref random));
            case 6:
                var from = random.NextInt(bytes.Length);
                return Splice(bytes, from, 1 + random.NextInt(Math.Min(64, bytes.Length - from)), []);
            case 7:
                Span<byte> number = stackalloc byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(number, Numbers[random.NextInt(Numbers.Length)]);
                return Edit(bytes, 4 * random.NextInt(4), number);
            default:
                var token = Tokens[random.NextInt(Tokens.Length)];
                var place = random.NextInt(bytes.Length);
                return random.NextInt(2) == 0 ? Splice(bytes, place, removed: 0, token) : Edit(bytes, place, token);
        }
    }

    private static byte[] Chunk(ref CounterRandom random)
    {
        var chunk = new byte[1 + random.NextInt(64)];
        for (var i = 0; i < chunk.Length; i++)
        {
            chunk[i] = (byte)(random.NextBits() & 0xFF);
        }

        return chunk;
    }

    private static byte[] Edit(byte[] bytes, int at, ReadOnlySpan<byte> values)
    {
        var copy = bytes.ToArray();
        for (var i = 0; i < values.Length && at + i < copy.Length; i++)
        {
            copy[at + i] = values[i];
        }

        return copy;
    }

    private static byte[] Splice(byte[] bytes, int at, int removed, byte[] inserted) => [.. bytes[..at], .. inserted, .. bytes[(at + removed)..]];
}
