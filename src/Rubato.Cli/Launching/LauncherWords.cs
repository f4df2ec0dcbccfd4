using System.Globalization;
using System.Runtime.InteropServices;

namespace Rubato.Cli.Launching;

/// <summary>What the command that launched processes and these processes tell each other, in lines.</summary>
/// <remarks>
/// Wishes go to the standard input of the process 0, which every launcher forwards: of signals, Hydra ends at SIGUSR2, and Open MPI kills
/// its processes a second after SIGTERM. The end of the input says that the command is gone.
/// </remarks>
internal static class LauncherWords
{
    /// <summary>Set for processes that this command has launched: the flags that launch as many again.</summary>
    internal const string Variable = "RUBATO_LAUNCHED";

    internal const string Save = "save";
    private const string Stop = "stop ";
    private const string Hello = "::rubato process ";
    private const string Folder = "::rubato folder ";

    /// <summary>The wish that a run ends.</summary>
    internal static string StopWith(int exitCode) => string.Create(CultureInfo.InvariantCulture, $"{Stop}{exitCode}");

    /// <summary>The signal that a wish stands for; null for another line. The end of the input is that of a command that is gone.</summary>
    internal static PosixSignal? SignalOf(string? line) =>
        line is null || line == StopWith(Console.ExitCodes.Terminated) ? PosixSignal.SIGTERM
        : line.StartsWith(Stop, StringComparison.Ordinal) ? PosixSignal.SIGINT
        : null;

    /// <summary>What a process says of itself, so that a launcher that knows its number only, or its id, can be understood.</summary>
    internal static string HelloOf(int rank, int id, string host) => string.Create(CultureInfo.InvariantCulture, $"{Hello}{rank} {id} {host}");

    /// <summary>What <see cref="HelloOf"/> has said; null for another line.</summary>
    internal static (int Rank, int Id, string Host)? ReadHello(string line) =>
        line.StartsWith(Hello, StringComparison.Ordinal) && line[Hello.Length..].Split(' ') is [var rank, var id, var host]
            && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            ? (number, process, host)
            : null;

    /// <summary>Where the run is kept.</summary>
    internal static string FolderOf(string path) => Folder + path;

    /// <summary>What <see cref="FolderOf"/> has said; null for another line.</summary>
    internal static string? ReadFolder(string line) => line.StartsWith(Folder, StringComparison.Ordinal) ? line[Folder.Length..] : null;
}
