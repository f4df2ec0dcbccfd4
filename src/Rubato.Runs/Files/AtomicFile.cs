namespace Rubato.Runs.Files;

/// <summary>Files that are seen whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes beside the target under the name <c>TARGET.partial</c>, flushes to the disk and renames, so that a reader at any moment, a
    /// crash included, finds the old content or the new one.
    /// </summary>
    /// <param name="path">The target; replaced where it exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; no partial file is left behind.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        var partial = path + ".partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
