using System.Runtime.InteropServices;

namespace Rubato.Runs.Files;

/// <summary>Makes the names in a folder as durable as the content of its files: a rename is lost with the power until then.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Waits until the disk has the folder's names. Does nothing on Windows, which has no such call and journals renames, and on file
    /// systems that cannot do it.
    /// </summary>
    /// <param name="folder">The folder.</param>
    internal static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no folders.
        var handle = Open(folder, ReadOnly);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    // Imported at run time: what is generated at build time is unsafe code, which this project does without.
#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
#pragma warning restore SYSLIB1054
}
