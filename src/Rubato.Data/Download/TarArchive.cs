using System.Formats.Tar;
using System.IO.Compression;

namespace Rubato.Data.Download;

/// <summary>Unpacks the one folder that an archive holds.</summary>
internal static class TarArchive
{
    /// <summary>
    /// Unpacks <paramref name="archive"/> into <c>parent/folder</c>. Only plain files and folders below <paramref name="folder"/> are
    /// taken; any other path or kind of entry (links, devices) makes the whole archive refused.
    /// The folder appears by one rename at the end.
    /// </summary>
    internal static async Task UnpackAsync(string archive, string folder, string parent, CancellationToken cancellation)
    {
        var staging = Path.Combine(parent, folder + ".unpacking");
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }

        Directory.CreateDirectory(staging);
        try
        {
            await ExtractAsync(archive, folder, staging, cancellation);
            Directory.Move(staging, Path.Combine(parent, folder));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidInputException(new Finding(
                archive,
                null,
                $"is no whole .tar.gz archive ({exception.Message.TrimEnd('.')})",
                "delete it and run the command again"), exception);
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    private static async Task ExtractAsync(string archive, string folder, string staging, CancellationToken cancellation)
    {
        var file = File.OpenRead(archive);
        await using (file)
        {
            var unpacked = new GZipStream(file, CompressionMode.Decompress);
            await using (unpacked)
            {
                var reader = new TarReader(unpacked);
                await using (reader)
                {
                    while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
                    {
                        await ExtractAsync(entry, archive, folder, staging, cancellation);
                    }
                }
            }
        }
    }

    private static async Task ExtractAsync(TarEntry entry, string archive, string folder, string staging, CancellationToken cancellation)
    {
        // Headers for all following entries carry no content of their own.
        if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }

        var parts = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is [".", ..])
        {
            parts = parts[1..];
        }

        var isFolder = entry.EntryType is TarEntryType.Directory;
        var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
        var isInside = !entry.Name.StartsWith('/') && !entry.Name.Contains('\\', StringComparison.Ordinal)
            && !parts.Contains("..") && !parts.Contains(".") && (parts.Length == 0 ? isFolder : parts[0] == folder);
        if (!isInside || !(isFolder || isFile))
        {
            throw new InvalidInputException(new Finding(
                archive,
                null,
                $"holds '{entry.Name}' ({entry.EntryType}), which is no plain file below {folder}; it was not unpacked"));
        }

        var path = Path.Combine([staging, .. parts.Skip(1)]);
        if (isFolder)
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? staging);
        await entry.ExtractToFileAsync(path, overwrite: false, cancellation);
    }
}
