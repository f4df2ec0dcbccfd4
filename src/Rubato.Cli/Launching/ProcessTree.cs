using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rubato.Cli.Launching;

/// <summary>A process that leads a session of its own, with all that it has started.</summary>
/// <remarks>
/// The terminal's Ctrl-C reaches the processes of its own session, and so not these: Open MPI would end its processes a second later.
/// </remarks>
internal static class ProcessTree
{
    private const int Kill = 9;

    // Of util-linux and busybox; macOS has none, but a perl.
    private static readonly (string Program, string[] Arguments)[] Leaders =
    [
        ("setsid", []),
        ("perl", ["-e", "use POSIX; POSIX::setsid(); exec @ARGV or exit 127", "--"]),
    ];

    /// <summary>The words that start a program as the leader of a session.</summary>
    /// <param name="program">The program with its arguments.</param>
    /// <exception cref="InvalidInputException">The system has no way to do it.</exception>
    internal static IReadOnlyList<string> Leading(IReadOnlyList<string> program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var (leader, arguments) in Leaders)
        {
            if (Array.Exists(folders, folder => File.Exists(Path.Combine(folder, leader))))
            {
                return [leader, .. arguments, .. program];
            }
        }

        throw new InvalidInputException(new Finding(
            "--processes", null, "needs the program setsid or perl, and neither is in PATH", "install util-linux, or start mpirun by hand"));
    }

    /// <summary>Ends the leader and all that it has started, at once.</summary>
    internal static void End(Process leader)
    {
        try
        {
            leader.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended in the meantime, or a process of its tree has.
        }

        _ = kill(-leader.Id, Kill);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
