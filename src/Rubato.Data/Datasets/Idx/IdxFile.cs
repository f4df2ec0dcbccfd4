using System.Buffers.Binary;
using System.IO.Compression;
using Rubato.Data.Datasets.Reading;

namespace Rubato.Data.Datasets.Idx;

/// <summary>
/// The IDX format (LeCun, Cortes, Burges, "The MNIST database", file formats): a big-endian magic number 0x0000 08 DD (unsigned bytes,
/// DD dimensions), DD extents of 32 bits, then the bytes, row-major.
/// </summary>
/// <remarks>
/// What a header claims is checked before anything of that size is allocated: a plain file must hold exactly what it claims. A .gz file
/// may inflate to at most <see cref="MostInflation"/> times its own size, or to <see cref="AlwaysAllowed"/> bytes if that is more: real
/// image sets stay below 5 times, while hostile gzip reaches a thousand times.
/// </remarks>
internal static class IdxFile
{
    internal const int MostInflation = 10;
    internal const int AlwaysAllowed = 1 << 17;
    private const int MostSide = 1024;
    private const int ImageMagic = 0x00000803;
    private const int LabelMagic = 0x00000801;

    internal readonly record struct Images(byte[] Pixels, int Count, int Height, int Width);

    internal static Images ReadImages(InputFile file)
    {
        Span<int> extents = stackalloc int[3];
        var pixels = Read(file, ImageMagic, "images", extents);
        return new Images(pixels, extents[0], extents[1], extents[2]);
    }

    internal static byte[] ReadLabels(InputFile file)
    {
        Span<int> extents = stackalloc int[1];
        return Read(file, LabelMagic, "labels", extents);
    }

    private static byte[] Read(InputFile file, int magic, string content, Span<int> extents)
    {
        var packed = file.IsGzip();
        using var opened = file.Open();
        if (!packed)
        {
            return Read(file, opened, packed, magic, content, extents);
        }

        try
        {
            using var unpacked = new GZipStream(opened, CompressionMode.Decompress, leaveOpen: true);
            return Read(file, unpacked, packed, magic, content, extents);
        }
        catch (InvalidDataException exception)
        {
            // The runtime's message speaks of archive entries; it stays with the cause.
            throw new InvalidInputException(
                new Finding(file.Name, null, "is damaged: it is no valid gzip data", "fetch it again"), exception);
        }
    }

    private static byte[] Read(InputFile file, Stream stream, bool packed, int magic, string content, Span<int> extents)
    {
        var claimed = ReadHeader(file, stream, magic, content, extents);
        RequirePlausible(file, packed, claimed + 4 + (4 * extents.Length));
        var values = new byte[claimed];
        var found = file.ReadUpTo(stream, values);
        if (found < claimed)
        {
            throw new InvalidInputException(
                $"{file.Name} ends after {found} of the {claimed} bytes of {content} that its header claims; it is cut short, so fetch "
                    + "it again.");
        }

        Span<byte> beyond = stackalloc byte[1];
        if (file.ReadUpTo(stream, beyond) > 0)
        {
            throw new InvalidInputException(new Finding(
                file.Name,
                null,
                $"holds more than the {claimed} bytes of {content} that its header claims",
                "fetch it again"));
        }

        if (packed)
        {
            RequireTrailer(file, claimed + 4 + (4 * extents.Length));
        }

        return values;
    }

    private static long ReadHeader(InputFile file, Stream stream, int magic, string content, Span<int> extents)
    {
        Span<byte> header = stackalloc byte[4 + (4 * extents.Length)];
        var found = file.ReadUpTo(stream, header);
        if (found >= 4 && BinaryPrimitives.ReadInt32BigEndian(header) is var number && number != magic)
        {
            throw new InvalidInputException(new Finding($"{file.Name} begins with 0x{number:X8}")
            {
                Remedy = $"an IDX file of {content} begins with 0x{magic:X8}",
            });
        }

        if (found < header.Length)
        {
            throw new InvalidInputException($"{file.Name} ends within its header, after {found} of {header.Length} bytes; it is cut "
                + "short, so fetch it again.");
        }

        var claimed = 1L;
        for (var i = 0; i < extents.Length; i++)
        {
            var extent = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * i))..]);
            var most = i == 0 ? int.MaxValue : MostSide;
            if (extent == 0 || extent > most)
            {
                throw new InvalidInputException($"The header of {file.Name} claims {Extent(i, extent, content)}; it must be at least 1 "
                    + $"and at most {most}.");
            }

            extents[i] = (int)extent;
            claimed *= extent;
        }

        return claimed;
    }

    private static void RequirePlausible(InputFile file, bool packed, long whole)
    {
        if (!packed && whole != file.Length)
        {
            throw new InvalidInputException(
                $"The header of {file.Name} claims {whole} bytes in all, but the file holds {file.Length}; it is cut short or damaged, "
                    + "so fetch it again.");
        }

        if (packed && whole > Math.Max(MostInflation * file.Length, AlwaysAllowed))
        {
            throw new InvalidInputException(
                new Finding($"The header of {file.Name} claims {whole} bytes from a .gz file of {file.Length}")
                {
                    Remedy = $"at most {MostInflation} times the file's size (or {AlwaysAllowed} bytes if that is more) is unpacked, "
                        + "so unpack it with gunzip first if it is really that large",
                });
        }

        if (whole > Array.MaxLength)
        {
            throw new InvalidInputException($"The header of {file.Name} claims {whole} bytes; up to {Array.MaxLength} bytes can be held.");
        }
    }

    // GZipStream takes the end of the file for the end of the data, so a lost trailer must be looked for. It ends with the unpacked size
    // modulo 2^32 (RFC 1952, 2.3.1).
    private static void RequireTrailer(InputFile file, long whole)
    {
        Span<byte> trailer = stackalloc byte[4];
        using var stream = file.Open();
        stream.Seek(-trailer.Length, SeekOrigin.End);
        if (file.ReadUpTo(stream, trailer) < trailer.Length || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (whole & uint.MaxValue))
        {
            throw new InvalidInputException(
                $"{file.Name} does not end with its unpacked size, {whole}, as gzip data do; it is cut short or has something after "
                    + "its end, so fetch it again.");
        }
    }

    private static string Extent(int dimension, uint extent, string content) =>
        dimension switch { 0 => $"{extent} {content}", 1 => $"images of {extent} rows", _ => $"images of {extent} columns" };
}
