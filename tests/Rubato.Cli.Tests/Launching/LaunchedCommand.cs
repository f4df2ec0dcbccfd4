using System.Diagnostics;
using System.Globalization;

namespace Rubato.Cli.Tests.Launching;

/// <summary>The command as a process of its own, whose trainings a launcher starts in two processes.</summary>
internal sealed class LaunchedCommand : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly string[] RankVariables = ["OMPI_COMM_WORLD_RANK", "PMI_RANK"];

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;
    private readonly string _out;

    /// <summary>Starts it.</summary>
    /// <param name="launcher">The value of RUBATO_MPIRUN.</param>
    /// <param name="folder">The folder of runs, by which its processes are found.</param>
    /// <param name="limit">The value of RUBATO_PEER_LIMIT.</param>
    /// <param name="words">The command line after <c>train</c>.</param>
    internal LaunchedCommand(string launcher, string folder, int limit, params IEnumerable<string> words)
    {
        _out = folder;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Rubato.Cli.dll"), "train", .. words, "--processes", "2"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("RUBATO_COMMAND");
        start.Environment["RUBATO_MPIRUN"] = launcher;
        start.Environment["RUBATO_PEER_LIMIT"] = limit.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        (_output, _error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    internal static bool IsInstalled(string launcher) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, launcher)));

    /// <summary>Sends a signal to the command.</summary>
    internal void Signal(string name) => Signal(_process.Id, name);

    /// <summary>Sends a signal to the process of a rank.</summary>
    internal void SignalRank(int rank, string name) => Signal(IdOf(rank), name);

    /// <summary>Waits until the run has made updates.</summary>
    internal async Task TrainingAsync(string run, CancellationToken cancellation)
    {
        var steps = new FileInfo(Path.Combine(_out, run, "steps.jsonl"));
        for (var begun = Stopwatch.GetTimestamp(); !steps.Exists || steps.Length == 0; steps.Refresh())
        {
            Assert.False(_process.HasExited, _process.HasExited ? _error.Result : "");
            Assert.True(Stopwatch.GetElapsedTime(begun) < Limit, "no update was made");
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>Exit code, standard output and standard error.</returns>
    internal async Task<(int Code, string Output, string[] Errors)> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).WaitAsync(Limit, cancellation);
        return (_process.ExitCode, await _output, (await _error).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The processes that train into the folder.</summary>
    internal IEnumerable<int> Processes() => All().Select(found => found.Id);

    /// <summary>Waits until there are none: what was killed takes a moment to go.</summary>
    internal async Task GoneAsync(CancellationToken cancellation)
    {
        for (var begun = Stopwatch.GetTimestamp(); Processes().Any(); await Task.Delay(50, cancellation))
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(5), "a process of the launch is left");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        foreach (var id in Processes())
        {
            Signal(id, "KILL");
        }

        _process.Dispose();
    }

    private int IdOf(int rank) => All().First(found => found.Rank == rank).Id;

    private IEnumerable<(int Id, int Rank)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(folder, "cmdline") is { } line && line.Contains(_out, StringComparison.Ordinal)
                && Read(folder, "environ") is { } variables && RankIn(variables) is { } rank)
            {
                yield return (id, rank);
            }
        }
    }

    private static int? RankIn(string variables) => variables.Split('\0')
        .Select(variable => variable.Split('='))
        .Where(parts => RankVariables.Contains(parts[0], StringComparer.Ordinal))
        .Select(parts => (int?)int.Parse(parts[1], CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private static string? Read(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of another user, or gone.
            return null;
        }
    }

    private static void Signal(int id, string name)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{name} {id}"]);
        kill.WaitForExit();
    }
}
