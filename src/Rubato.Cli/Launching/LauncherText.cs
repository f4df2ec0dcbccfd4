using System.Globalization;
using System.Text.RegularExpressions;

namespace Rubato.Cli.Launching;

/// <summary>
/// The lines that come out of a launcher: those of the processes go on, its own are read for what has happened.
/// </summary>
/// <remarks>
/// Open MPI frames what it says with lines of hyphens on standard error, Hydra with equals signs on standard output. Other lines of theirs
/// begin with a bracket that holds a host. Not safe for use by several threads. One for each stream: frames of two streams do not mix.
/// </remarks>
internal sealed partial class LauncherText
{
    private const int FrameWidth = 60;

    private static readonly string[] Noise =
    [
        "YOUR APPLICATION TERMINATED WITH THE EXIT STRING:",
        "This typically refers to a problem with your application.",
        "Please see the FAQ page for debugging suggestions",
    ];

    private readonly List<string> _said = [];
    private readonly List<string> _frame = [];
    private bool _isFramed;

    /// <summary>What the launcher has said so far, frame by frame.</summary>
    internal IReadOnlyList<string> Said => _frame.Count == 0 ? _said : [.. _said, string.Join('\n', _frame)];

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <returns>Whether it is the launcher's own.</returns>
    internal bool Take(string line)
    {
        if (IsFrame(line))
        {
            _isFramed = !_isFramed;
            if (!_isFramed)
            {
                _said.Add(string.Join('\n', _frame));
                _frame.Clear();
            }

            return true;
        }

        if (_isFramed)
        {
            _frame.Add(line);
            return true;
        }

        if (!Bracket().IsMatch(line) && !Count().IsMatch(line) && !Array.Exists(Noise, start => line.StartsWith(start, StringComparison.Ordinal)))
        {
            return false;
        }

        _said.Add(line);
        return true;
    }

    /// <summary>What became of a process or a host, as far as the launcher tells.</summary>
    /// <param name="said">What launchers have said.</param>
    /// <param name="processes">Number, id and host of the processes that have told theirs.</param>
    /// <returns>A clause; null if there is nothing of the kind.</returns>
    internal static string? DeathIn(IEnumerable<string> said, IReadOnlyCollection<(int Rank, int Id, string Host)> processes)
    {
        var all = Blanks().Replace(string.Join(' ', said), " ");
        if (RankSignal().Match(all) is { Success: true } death)
        {
            return Killed($"process {death.Groups["rank"].Value} on {death.Groups["host"].Value}", death.Groups["signal"].Value, death.Groups["name"].Value);
        }

        if (LostDaemon().Match(all) is { Success: true } lost)
        {
            return $"the host {lost.Groups["host"].Value} is not reached any more";
        }

        if (Bad().Match(all) is not { Success: true } bad || HydraSignal().Match(all) is not { Success: true } signal)
        {
            return null;
        }

        var (id, host) = (int.Parse(bad.Groups["id"].Value, CultureInfo.InvariantCulture), bad.Groups["host"].Value);
        var known = processes.Where(process => process.Id == id).Select(process => (int?)process.Rank).FirstOrDefault();
        return Killed(known is { } rank ? $"process {rank} on {host}" : $"a process on {host} (PID {id})", signal.Groups["signal"].Value, signal.Groups["name"].Value);
    }

    /// <summary>The process that ended with an exit code of its own, as far as the launcher tells; null if it does not.</summary>
    internal static (string Process, int Code)? ExitIn(IEnumerable<string> said) =>
        RankExit().Match(Blanks().Replace(string.Join(' ', said), " ")) is { Success: true } exit
            ? ($"process {exit.Groups["rank"].Value}", int.Parse(exit.Groups["code"].Value, CultureInfo.InvariantCulture))
            : null;

    private static string Killed(string who, string signal, string name) =>
        $"{who} was ended by signal {signal}{(name.Length > 0 ? $" ({name})" : "")}{(signal == "9" ? ", as the system does where memory runs out" : "")}";

    private static bool IsFrame(string line) =>
        line.Length >= FrameWidth && (line.AsSpan().IndexOfAnyExcept('-') < 0 || line.AsSpan().IndexOfAnyExcept('=') < 0);

    [GeneratedRegex(@"^\[([^\]\s]+:\d+|mpiexec@[^\]]+|proxy:[^\]]+)\] ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bracket();

    [GeneratedRegex(@"^(\d+ total processes failed to start|mpirun\S*: (Forwarding signal|killing job))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Count();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(
        @"process rank (?<rank>\d+) with PID \d+ on node (?<host>\S+) exited on signal (?<signal>\d+)( \((?<name>[^)]*)\))?",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex RankSignal();

    [GeneratedRegex(@"Process name: \[\[\d+,\d+\],(?<rank>\d+)\] Exit code: (?<code>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RankExit();

    [GeneratedRegex(@"lost communication with a remote daemon.*?Remote daemon ?: \S+ on node (?<host>[^\s.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LostDaemon();

    [GeneratedRegex(@"BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES = (RANK \d+ )?PID (?<id>\d+) RUNNING AT (?<host>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bad();

    [GeneratedRegex(@"EXIT STRING: (?<name>[^(]*?) \(signal (?<signal>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HydraSignal();
}
