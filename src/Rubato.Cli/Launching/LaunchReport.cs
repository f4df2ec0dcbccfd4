using System.Collections.Immutable;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;

namespace Rubato.Cli.Launching;

/// <summary>What came out of processes and their launcher while it was watched.</summary>
/// <remarks>Immutable.</remarks>
internal sealed record LaunchReport
{
    private const string ErrorMark = "error: ";

    /// <summary>The launcher's exit code.</summary>
    public required int Code { get; init; }

    /// <summary>Whether the launcher did not end by itself.</summary>
    public bool IsKilled { get; init; }

    /// <summary>What the launcher has said, frame by frame.</summary>
    public ImmutableArray<string> Said { get; init; } = [];

    /// <summary>The errors of processes, in the order that they came.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>Number, id and host of the processes that have told theirs.</summary>
    public ImmutableArray<(int Rank, int Id, string Host)> Processes { get; init; } = [];

    /// <summary>The run folder; null if it is not known.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether a line of a process is an error, to be shown last.</summary>
    internal static bool IsError(string line) => line.StartsWith(ErrorMark, StringComparison.Ordinal);

    /// <summary>How the command ends: as without other processes, whatever the launcher makes of it.</summary>
    internal int ExitCode => Code switch
    {
        ExitCodes.Done when !IsKilled => ExitCodes.Done,
        ExitCodes.InvalidInput or ExitCodes.Interrupted or ExitCodes.Terminated when !IsKilled && Death is null => Code,
        _ => ExitCodes.Failed,
    };

    private string? Death => LauncherText.DeathIn(Said, Processes);

    /// <summary>What is shown last.</summary>
    /// <param name="launcher">The launcher's name.</param>
    /// <param name="again">The command that goes on with a run, up to its folder.</param>
    /// <param name="flags">The flags that launch as many processes again.</param>
    /// <returns>Lines; empty after a good end.</returns>
    internal IReadOnlyList<string> Lines(string launcher, string again, string flags)
    {
        if (ExitCode is ExitCodes.Done or ExitCodes.Interrupted or ExitCodes.Terminated)
        {
            return Errors;
        }

        var errors = Distinct();
        if (ExitCode == ExitCodes.InvalidInput && errors.Count > 0)
        {
            return errors;
        }

        // What a process says of itself tells more than what the launcher has seen of it.
        var cause = Death ?? (errors.Count > 0 ? null : Unsaid(launcher));
        if (errors.Count == 0)
        {
            return [WithRemedy($"{ErrorMark}{cause}", again, flags)];
        }

        var last = errors[^1];
        string[] before = [.. errors.SkipLast(1), .. cause is null ? [] : new[] { $"note: {cause}." }];
        return [.. before, cause is not null || IsOfProcesses(last) ? WithRemedy(last, again, flags) : last];
    }

    private string Unsaid(string launcher) =>
        LauncherText.ExitIn(Said) is { } exit ? $"{exit.Process} ended with exit code {exit.Code} and said nothing"
        : Said is [.., var last] ? $"{launcher} says: {string.Join(' ', last.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}"
        : IsKilled ? $"{launcher} did not end by itself and was ended"
        : $"{launcher} ended with exit code {Code} and said nothing";

    private string WithRemedy(string line, string again, string flags)
    {
        var sentence = line.TrimEnd('.');
        return Folder is not { } folder || sentence.Contains("--resume", StringComparison.Ordinal)
            ? $"{sentence}."
            : $"{sentence}; the run goes on with: {again} {TrainLine.Quoted(folder)} {flags}";
    }

    private static bool IsOfProcesses(string line) =>
        line.StartsWith($"{ErrorMark}process ", StringComparison.Ordinal) || line.StartsWith($"{ErrorMark}processes ", StringComparison.Ordinal);

    // All processes of a launch may say the same, each with its number but the first.
    private List<string> Distinct()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. Errors.Where(line => seen.Add(WithoutProcess(line)))];
    }

    private static string WithoutProcess(string line) =>
        IsOfProcesses(line) && line.IndexOf(": ", ErrorMark.Length, StringComparison.Ordinal) is > 0 and var colon
            ? $"{ErrorMark}{line[(colon + 2)..]}"
            : line;
}
