using System.Collections.Immutable;
using System.Globalization;
using Rubato.Runs.Files;

namespace Rubato.Runs.Checkpoints;

/// <summary>The checkpoints of a run.</summary>
/// <param name="path">Their folder, <see cref="RunFolder.CheckpointsPath"/>.</param>
/// <remarks>
/// Each is written under the name <c>update-N.partial</c>, handed to the disk with all its files, and renamed: at any moment, a crash and a
/// loss of power included, what has the name <c>update-N</c> is whole, or was damaged later. Not safe for use by several processes.
/// </remarks>
public sealed class CheckpointFolder(string path)
{
    private const string Partial = ".partial";
    private const string Replaced = ".replaced";

    /// <summary>All checkpoints, the newest first; damaged ones too.</summary>
    public ImmutableArray<Checkpoint> All => !Directory.Exists(path) ? [] :
    [
        .. Directory.GetDirectories(path).Select(Checkpoint.In).OfType<Checkpoint>().OrderByDescending(checkpoint => checkpoint.Updates),
    ];

    /// <summary>Writes a checkpoint, and then removes the oldest beyond a number.</summary>
    /// <param name="updates">Applied updates so far; at least 0. A checkpoint of the same number is replaced.</param>
    /// <param name="state">Writes <c>state.json</c>.</param>
    /// <param name="tensors">Writes <c>tensors.safetensors</c>.</param>
    /// <param name="keep">How many checkpoints stay; at least 1.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="IOException">It could not be written; all that was there before is still there.</exception>
    public Checkpoint Write(long updates, Action<Stream> state, Action<Stream> tensors, int keep)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentOutOfRangeException.ThrowIfNegative(updates);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var written = new Checkpoint(
            Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Checkpoint.Prefix}{updates}")), updates);
        var partial = new Checkpoint(written.Path + Partial, updates);
        RemoveUnfinished();
        try
        {
            Directory.CreateDirectory(partial.Path);
            var sums = CheckpointSums.Of(
                (Path.GetFileName(written.StatePath), WriteFile(partial.StatePath, state)),
                (Path.GetFileName(written.TensorsPath), WriteFile(partial.TensorsPath, tensors)));
            WriteFile(partial.SumsPath, stream => stream.Write(sums.Text));
            DirectorySync.Flush(partial.Path);
        }
        catch
        {
            Remove(partial.Path);
            throw;
        }

        // Renaming does not replace a folder.
        if (Directory.Exists(written.Path))
        {
            Directory.Move(written.Path, written.Path + Replaced);
        }

        Directory.Move(partial.Path, written.Path);
        DirectorySync.Flush(path);
        Remove(written.Path + Replaced);

        // What is newer was damaged, and the run went on from before it.
        foreach (var later in All.Where(checkpoint => checkpoint.Updates > updates))
        {
            Remove(later.Path);
        }

        KeepNewest(keep);
        return written;
    }

    /// <summary>Removes the oldest checkpoints, and all that a killed process has left of unfinished ones.</summary>
    /// <param name="keep">How many stay; at least 0.</param>
    /// <returns>Whether any was removed.</returns>
    public bool KeepNewest(int keep)
    {
        RemoveUnfinished();
        var removed = All.Skip(keep).ToList();
        removed.ForEach(checkpoint => Remove(checkpoint.Path));
        return removed.Count > 0;
    }

    private static byte[] WriteFile(string file, Action<Stream> write)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        using var hashing = new HashingStream(stream);
        write(hashing);
        stream.Flush(flushToDisk: true);
        return hashing.Hash();
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Removes what a killed process has left of an unfinished checkpoint.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (var folder in Directory.GetDirectories(path, $"{Checkpoint.Prefix}*"))
        {
            if (folder.EndsWith(Partial, StringComparison.Ordinal))
            {
                Remove(folder);
            }
            else if (folder.EndsWith(Replaced, StringComparison.Ordinal))
            {
                PutBack(folder);
            }
        }
    }

    // Left by a process that was killed between two renames.
    private static void PutBack(string replaced)
    {
        var folder = replaced[..^Replaced.Length];
        if (Directory.Exists(folder))
        {
            Remove(replaced);
        }
        else
        {
            Directory.Move(replaced, folder);
        }
    }
}
