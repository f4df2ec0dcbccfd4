namespace Rubato.Runs.Checkpoints;

/// <summary>
/// Keeps other processes from going on with a run at the same time. It ends with the process, whatever ends that; the file stays, and
/// means nothing.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a run.</summary>
    /// <param name="folder">The run.</param>
    /// <returns>The lock; dispose it when the run has ended.</returns>
    /// <exception cref="InvalidInputException">Another process has it.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static RunLock Take(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Directory.CreateDirectory(folder.CheckpointsPath);
        var path = Path.Combine(folder.CheckpointsPath, "lock");
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException) && IsTaken(path))
        {
            throw new InvalidInputException(
                new Finding("run", folder.Path, "which another process is training", "wait until it has ended, or end it"), exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A disk without room has no lock file; a lock that is held can still be looked at.
    private static bool IsTaken(string path) => File.Exists(path);
}
