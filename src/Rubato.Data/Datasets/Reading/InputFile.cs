namespace Rubato.Data.Datasets.Reading;

/// <summary>A file to be decoded: its name for messages, its length, and how to open it.</summary>
/// <param name="Name">The path as the user may look for it.</param>
/// <param name="Length">Bytes in the file.</param>
/// <param name="Open">Opens it at its beginning; the caller disposes it.</param>
internal sealed record InputFile(string Name, long Length, Func<Stream> Open)
{
    // Two bytes open every gzip member (RFC 1952, 2.3.1).
    private const int GzipMagic = 0x1F8B;

    internal static InputFile OnDisk(string path)
    {
        try
        {
            // Of the opened file: the system says the length of a link's own text for a symbolic link.
            using var stream = OpenFile(path);
            return new InputFile(path, stream.Length, () => OpenFile(path));
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidInputException(
                new Finding(path, null, "is a pipe or a device, which has no length", "write what it gives into a file, and name that"),
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    internal static InputFile InMemory(string name, byte[] content) =>
        new(name, content.Length, () => new MemoryStream(content, writable: false));

    /// <summary>Whether the content is gzip, by its first two bytes and not by its name.</summary>
    internal bool IsGzip()
    {
        using var stream = Open();
        Span<byte> magic = stackalloc byte[2];
        return ReadUpTo(stream, magic) == 2 && (magic[0] << 8 | magic[1]) == GzipMagic;
    }

    /// <summary>Reads the whole file; allocates its own length and no more.</summary>
    internal byte[] ReadAll()
    {
        if (Length > Array.MaxLength)
        {
            throw new InvalidInputException(
                new Finding(Name, null, $"holds {Length} bytes", $"files of up to {Array.MaxLength} bytes can be read"));
        }

        using var stream = Open();
        var content = new byte[Length];
        return ReadUpTo(stream, content) == content.Length
            ? content
            : throw new InvalidInputException(new Finding($"{Name} became shorter while it was read")
            {
                Remedy = "try again when nothing writes to it",
            });
    }

    /// <summary>Fills as much of <paramref name="destination"/> as the stream gives; an error of the disk becomes a finding.</summary>
    internal int ReadUpTo(Stream stream, Span<byte> destination)
    {
        try
        {
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(Name, exception);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    private static InvalidInputException Unreadable(string path, Exception exception) =>
        new(new Finding(path, null, $"cannot be read: {exception.Message}"), exception);
}
