using System.Globalization;
using System.Text.RegularExpressions;
using Rubato.Cli.Console;

namespace Rubato.Cli.Launching;

/// <summary>Reads what comes over the error output of a launcher: what processes say, and what the launcher says of their ends.</summary>
/// <remarks>
/// What a person should read now is passed on; what ended the run is kept, to be said last: a launcher goes on to print a page after it.
/// </remarks>
internal sealed partial class LauncherWords
{
    private readonly List<string> _errors = [];
    private readonly Dictionary<(string Host, int Id), int> _processes = [];
    private readonly List<string> _kept = [];
    private bool _isBox;
    private string? _ended;
    private (string Host, int Id)? _bad;

    /// <summary>The folder of the run; null before it is told.</summary>
    internal string? Folder { get; private set; }

    /// <summary>The exit code of a run of which all processes came to their end; null for others.</summary>
    internal int? Code { get; private set; }

    /// <summary>What processes said before they ended; each once.</summary>
    internal IReadOnlyList<string> Errors => _errors;

    /// <summary>Whether a process has told where it is: then the launcher has come to start them.</summary>
    internal bool IsBegun => _processes.Count > 0;

    /// <summary>What the launcher has printed of itself, for an end that none of its known sentences tells of.</summary>
    internal IReadOnlyList<string> Kept => _kept;

    /// <summary>Whether a process has said what ended it, or the launcher has.</summary>
    internal bool IsOver => _errors.Count > 0 || _ended is not null || _bad is not null;

    /// <summary>What the launcher said of the end: which process, where, how. Null if it said nothing.</summary>
    internal string? Ended => _ended;

    /// <summary>Takes a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <returns>The line if a person should read it now; null otherwise.</returns>
    internal string? Read(string line)
    {
        if (line.StartsWith(LaunchProtocol.Process, StringComparison.Ordinal) && line.Split(' ') is [_, var rank, var host, var id])
        {
            _processes[(host, int.Parse(id, CultureInfo.InvariantCulture))] = int.Parse(rank, CultureInfo.InvariantCulture);
            return null;
        }

        if (line.StartsWith(LaunchProtocol.Ending, StringComparison.Ordinal))
        {
            Code = int.Parse(line[(LaunchProtocol.Ending.Length + 1)..], CultureInfo.InvariantCulture);
            return null;
        }

        if (line.StartsWith(LaunchProtocol.Run, StringComparison.Ordinal))
        {
            Folder = line[(LaunchProtocol.Run.Length + 1)..];
            return null;
        }

        if (line.StartsWith("error: ", StringComparison.Ordinal))
        {
            if (!_errors.Contains(line))
            {
                _errors.Add(line);
            }

            return null;
        }

        if (!IsOfLauncher(line))
        {
            return line;
        }

        _kept.Add(line);
        return null;
    }

    /// <summary>Whether an error names processes that are missing or have failed: then the run goes on from its last checkpoint.</summary>
    /// <param name="error">The whole line.</param>
    internal static bool IsOfProcesses(string error) =>
        error.StartsWith("error: process ", StringComparison.Ordinal) || error.StartsWith("error: processes ", StringComparison.Ordinal);

    private bool IsOfLauncher(string line)
    {
        if (line.Length > 20 && (line.All(letter => letter == '-') || line.All(letter => letter == '=')))
        {
            _isBox = !_isBox;
            return true;
        }

        if (Signalled().Match(line) is { Success: true } signalled)
        {
            _ended ??= $"process {signalled.Groups["rank"].Value} on {signalled.Groups["host"].Value} was ended by signal "
                + $"{signalled.Groups["signal"].Value} ({signalled.Groups["name"].Value})";
        }
        else if (Lost().Match(line) is { Success: true } lost)
        {
            _ended ??= $"the host {lost.Groups["host"].Value} cannot be reached any more";
        }
        else if (Unreached().Match(line) is { Success: true } unreached)
        {
            _ended ??= $"a host cannot be reached by ssh ({unreached.Groups["why"].Value.Trim().TrimEnd('.')})";
            return true;
        }
        else if (Running().Match(line) is { Success: true } running)
        {
            _bad = (running.Groups["host"].Value, int.Parse(running.Groups["id"].Value, CultureInfo.InvariantCulture));
        }
        else if (ExitCode().Match(line) is { Success: true } code && _bad is { } where)
        {
            var who = _processes.TryGetValue(where, out var rank)
                ? string.Create(CultureInfo.InvariantCulture, $"process {rank}")
                : string.Create(CultureInfo.InvariantCulture, $"the process with the number {where.Id}");
            _ended ??= code.Groups["code"].Value is "9" or "11" or "6" or "15"
                ? $"{who} on {where.Host} was ended by signal {code.Groups["code"].Value}"
                : $"{who} on {where.Host} ended with exit code {code.Groups["code"].Value}";
        }

        return _isBox || Noise().IsMatch(line);
    }

    [GeneratedRegex(
        @"process rank (?<rank>\d+) with PID \d+ on node (?<host>\S+) exited on\s+signal (?<signal>\d+) \((?<name>[^)]*)\)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signalled();

    [GeneratedRegex(@"Remote daemon:.* on node (?<host>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lost();

    // The second is of hosts that ask for a password, the third of those that ssh has never met.
    [GeneratedRegex(
        @"^(ssh: (?<why>.+)|\S+: (?<why>Permission denied \([a-z,-]+\)).*|(?<why>Host key verification failed).*)$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unreached();

    [GeneratedRegex(@"^=\s+PID (?<id>\d+) RUNNING AT (?<host>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Running();

    [GeneratedRegex(@"^=\s+EXIT CODE: (?<code>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExitCode();

    [GeneratedRegex(
        @"^(\[\S+:\d+\]|==== backtrace|\s*\d+\s+(/|\[0x)|=\s|YOUR APPLICATION TERMINATED|This typically refers to|Please see the FAQ"
        + @"|mpirun\S*:|\s*$|ORTE |\[proxy:|\[mpiexec)",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Noise();
}
