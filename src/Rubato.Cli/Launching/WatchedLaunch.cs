using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Rubato.Cli.Console;

namespace Rubato.Cli.Launching;

/// <summary>Starts a launcher and watches it to its end.</summary>
/// <remarks>
/// What is asked of this command reaches the first process over its input, which every launcher hands on, and which ends with this command:
/// signals would reach the launcher first, and each launcher treats them in its own way. The launcher is a session of its own, so that a
/// terminal's Ctrl-C reaches this command alone.
/// </remarks>
internal sealed class WatchedLaunch
{
    private const int Kill = 9;

    // A launcher that waits for a host that is gone would wait for ever.
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly CommandEnvironment _environment;
    private readonly LauncherWords _words = new();
    private readonly Lock _lock = new();
    private readonly Lock _ending = new();
    private bool _isGivenUp;
    private volatile InvalidInputException? _unwritable;

    private WatchedLaunch(CommandEnvironment environment) => _environment = environment;

    /// <summary>Starts this program in several processes, by the launcher that is found, and watches them to their end.</summary>
    /// <param name="request">How many processes, and where.</param>
    /// <param name="words">What stands after <c>rubato</c> in each of them.</param>
    /// <param name="isVerbose">Whether the launcher's line is shown.</param>
    /// <param name="environment">Console and interruption.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="InvalidInputException">There is no launcher, or the output cannot be written.</exception>
    internal static int Start(LaunchRequest request, IReadOnlyList<string> words, bool isVerbose, CommandEnvironment environment)
    {
        var launcher = MpiLauncher.Find();
        var line = LaunchLine.Of(launcher.Kind, request, Environment.GetEnvironmentVariable, [.. Self(), .. words]);
        if (isVerbose)
        {
            environment.Error.WriteLine($"note: {string.Join(' ', line.Prepend(launcher.Path).Select(ShellWord.Quoted))}");
        }

        return Run(launcher, line, request.Processes, environment);
    }

    /// <summary>Runs it.</summary>
    /// <param name="launcher">The launcher.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="processes">How many processes it starts.</param>
    /// <param name="environment">Console and interruption.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static int Run(MpiLauncher launcher, IReadOnlyList<string> arguments, int processes, CommandEnvironment environment) =>
        new WatchedLaunch(environment).Start(launcher, arguments, processes);

    // Started by `dotnet x.dll`, the process is dotnet, and the program its first argument.
    private static string[] Self() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
        ? [path]
        :
        [
            Environment.ProcessPath ?? "dotnet",
            Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetEntryAssembly()!.GetName().Name}.dll"),
        ];

    private int Start(MpiLauncher launcher, IReadOnlyList<string> arguments, int processes)
    {
        var own = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(own ? "setsid" : launcher.Path, own ? [launcher.Path, .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in (string[])["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"])
        {
            // Without it Open MPI refuses what every other program of root does.
            start.Environment[name] = "1";
        }

        using var process = Process.Start(start)!;
        using var atEnd = _environment.Interruption.BeforeEnd(() => GiveUp(process));
        // Hydra says on its output what it has to say of itself, others on their error output.
        var output = Task.Run(() => PassOn(
            process.StandardOutput, _environment.Output.Profile.Out.Writer, isHeard: launcher.Kind == LauncherKind.Hydra));
        var error = Task.Run(() => PassOn(process.StandardError, _environment.Error, isHeard: true));
        Watch(process);
        lock (_ending)
        {
            if (_isGivenUp)
            {
                return _environment.Interruption.ExitCode;
            }
        }

        Task.WaitAll([output, error], AfterEnd);
        return _unwritable is { } wrong ? throw wrong : Say(process.ExitCode, processes);
    }

    private void Watch(Process process)
    {
        long? stoppedAt = null;
        long? overSince = null;
        while (!process.WaitForExit(Glance))
        {
            if (stoppedAt is null && (_environment.Interruption.Token.IsCancellationRequested || _unwritable is not null))
            {
                stoppedAt = Stopwatch.GetTimestamp();
                Tell(process, LaunchProtocol.Stop);
            }

            // A launcher that could not start its processes has nobody to hear the wish, and may wait for ever.
            if (stoppedAt is { } asked && !_words.IsBegun && Stopwatch.GetElapsedTime(asked) > AfterEnd)
            {
                GiveUp(process);
            }

            if (_environment.Interruption.SaveRequest.Take())
            {
                Tell(process, LaunchProtocol.Save);
            }

            overSince ??= _words.IsOver ? Stopwatch.GetTimestamp() : null;
            if (overSince is { } since && Stopwatch.GetElapsedTime(since) > AfterEnd)
            {
                EndAll(process);
            }
        }
    }

    private static void Tell(Process process, string word)
    {
        try
        {
            process.StandardInput.WriteLine(word);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }
    }

    // At its end this command waits for the lock: the launcher is the first to go, and what it has started must not stay.
    private void GiveUp(Process process)
    {
        lock (_ending)
        {
            _isGivenUp = true;
            EndAll(process);
        }
    }

    // Launchers put each process into a group of its own, so that the group of the launcher is not all.
    private static void EndAll(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or AggregateException or Win32Exception)
        {
            // A process of the tree has ended meanwhile.
        }

        if (OperatingSystem.IsLinux())
        {
            _ = kill(-process.Id, Kill);
        }
    }

    private void PassOn(StreamReader lines, TextWriter writer, bool isHeard)
    {
        while (lines.ReadLine()?.TrimEnd('\r') is { } line)
        {
            lock (_lock)
            {
                if ((isHeard ? _words.Read(line) : line) is { } passed)
                {
                    Write(writer, passed);
                }
            }
        }
    }

    // Whoever has closed the output ends the run; what the processes write until then is still read, so that they can go on to their end.
    private void Write(TextWriter writer, string line)
    {
        try
        {
            writer.WriteLine(line);
        }
        catch (InvalidInputException exception)
        {
            _unwritable = exception;
        }
    }

    // What a process has said of its own end says more than what the launcher says of it.
    private int Say(int code, int processes)
    {
        var canGoOn = code != ExitCodes.InvalidInput;
        foreach (var error in _words.Errors)
        {
            _environment.Error.WriteLine(
                canGoOn && LauncherWords.IsOfProcesses(error) ? $"{error.TrimEnd('.')}{Again(processes)}." : error);
        }

        if (code == ExitCodes.InvalidInput || (code == ExitCodes.Done && _words.Code is null or ExitCodes.Done))
        {
            return code;
        }

        // A signal may have reached a process alone: then only that process knows which it was.
        if (code == ExitCodes.Done)
        {
            return _environment.Interruption.Token.IsCancellationRequested ? _environment.Interruption.ExitCode : _words.Code!.Value;
        }

        if (_words.Errors.Count == 0)
        {
            foreach (var line in _words.Ended is null ? _words.Kept : [])
            {
                _environment.Error.WriteLine(line);
            }

            _environment.Error.WriteLine(
                $"error: {_words.Ended ?? $"the launcher ended with exit code {code}"}, which ended the run{Again(processes)}.");
        }

        return ExitCodes.Failed;
    }

    private string Again(int processes) => _words.Folder is { } folder
        ? $"; the run goes on with: {_environment.Command} train --resume {ShellWord.Quoted(folder)} --processes {processes}"
        : "";

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}
