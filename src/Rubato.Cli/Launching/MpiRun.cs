using System.Diagnostics;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;

namespace Rubato.Cli.Launching;

/// <summary>Starts the processes of a run by MPI's launcher, and watches it until they have ended.</summary>
/// <remarks>Belongs to one thread; the launcher's streams are read by two others.</remarks>
internal sealed class MpiRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StreamsLimit = TimeSpan.FromSeconds(2);

    private readonly CommandEnvironment _environment;
    private readonly LaunchRequest _request;
    private readonly LauncherText _outputText = new();
    private readonly LauncherText _errorText = new();
    private readonly List<string> _errors = [];
    private readonly List<(int Rank, int Id, string Host)> _processes = [];
    private readonly Lock _lock = new();
    private string? _folder;
    private long? _firstSign;

    /// <summary>Prepares a run.</summary>
    /// <param name="environment">What the command meets.</param>
    /// <param name="request">How many processes, and where.</param>
    /// <param name="folder">The folder of a run that goes on; null for a new one.</param>
    internal MpiRun(CommandEnvironment environment, LaunchRequest request, string? folder) =>
        (_environment, _request, _folder) = (environment, request, folder);

    /// <summary>How long the launcher may stay after the first sign that a process has failed.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs the command's own program in each process.</summary>
    /// <param name="arguments">What stands after <c>rubato</c> in each of them.</param>
    /// <param name="isVerbose">Whether the launcher's line and all that it says are shown.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="InvalidInputException">There is no launcher, or it cannot take what is asked for.</exception>
    internal int Run(IReadOnlyList<string> arguments, bool isVerbose)
    {
        var launcher = MpiLauncher.Find();
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>().Append(LauncherWords.Variable).Distinct(StringComparer.Ordinal);
        var line = LaunchLine.Of(
            launcher.Family, _request, Environment.ProcessorCount, Environment.IsPrivilegedProcess, names, [.. OwnProgram.Words, .. arguments]);
        if (isVerbose)
        {
            _environment.Error.WriteLine($"note: {string.Join(' ', line.Arguments.Prepend(launcher.Path).Select(TrainLine.Quoted))}");
        }

        using var process = Start(launcher, line);
        using var atEnd = _environment.Interruption.BeforeEnd(() => ProcessTree.End(process));
        Task[] streams =
        [
            Task.Run(() => Read(process.StandardOutput, _outputText, _environment.Output.Profile.Out.Writer, isVerbose)),
            Task.Run(() => Read(process.StandardError, _errorText, _environment.Error, isVerbose)),
        ];
        var isKilled = !Watch(process);

        // What is left of a launcher that was ended may hold its streams open.
        _ = Task.WaitAll(streams, StreamsLimit);
        return Report(process, launcher, isKilled);
    }

    private Process Start(MpiLauncher launcher, LaunchLine line)
    {
        var words = ProcessTree.Leading([launcher.Path, .. line.Arguments]);
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TERM"] = "dumb";
        start.Environment[LauncherWords.Variable] = _request.Flags;
        foreach (var (name, value) in line.Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{launcher.Path} could not be started.");
    }

    // Whether the launcher has ended by itself.
    private bool Watch(Process process)
    {
        var (interruption, isAsked) = (_environment.Interruption, false);
        while (!process.WaitForExit(Pause))
        {
            if (!isAsked && interruption.Token.IsCancellationRequested)
            {
                isAsked = true;
                Tell(process, LauncherWords.StopWith(interruption.ExitCode));
            }

            if (interruption.SaveRequest.Take())
            {
                Tell(process, LauncherWords.Save);
            }

            lock (_lock)
            {
                if (_firstSign is { } sign && Stopwatch.GetElapsedTime(sign) > Patience)
                {
                    ProcessTree.End(process);
                    process.WaitForExit();
                    return false;
                }
            }
        }

        return true;
    }

    private static void Tell(Process process, string wish)
    {
        try
        {
            process.StandardInput.WriteLine(wish);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It is about to end.
        }
    }

    private void Read(StreamReader stream, LauncherText text, TextWriter to, bool isVerbose)
    {
        while (stream.ReadLine() is { } read)
        {
            var line = read.TrimEnd('\r');
            lock (_lock)
            {
                Take(line, text, to, isVerbose);
            }
        }
    }

    private void Take(string line, LauncherText text, TextWriter to, bool isVerbose)
    {
        if (LauncherWords.ReadHello(line) is { } hello)
        {
            _processes.Add(hello);
        }
        else if (LauncherWords.ReadFolder(line) is { } folder)
        {
            _folder = folder;
        }
        else if (LaunchReport.IsError(line))
        {
            _errors.Add(line);
            _firstSign ??= Stopwatch.GetTimestamp();
        }
        else if (!text.Take(line) || isVerbose)
        {
            to.WriteLine(line);
        }

        if (_firstSign is null && LauncherText.DeathIn(text.Said, _processes) is not null)
        {
            _firstSign = Stopwatch.GetTimestamp();
        }
    }

    private int Report(Process process, MpiLauncher launcher, bool isKilled)
    {
        lock (_lock)
        {
            var report = new LaunchReport
            {
                Code = process.ExitCode,
                IsKilled = isKilled,
                Said = [.. _errorText.Said, .. _outputText.Said],
                Errors = [.. _errors],
                Processes = [.. _processes],
                Folder = _folder,
            };
            foreach (var line in report.Lines(launcher.Path, $"{_environment.Command} train --resume", _request.Flags))
            {
                _environment.Error.WriteLine(line);
            }

            return report.ExitCode;
        }
    }
}
