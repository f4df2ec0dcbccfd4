using System.CommandLine;
using System.Text.Json;

namespace Rubato.Cli.Console;

/// <summary>A finding in the words of a command line: the libraries name a setting, and here it gets its flag.</summary>
internal static class FindingText
{
    // Settings whose flags have other names.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [nameof(PlanSettings.LearningRate)] = "lr",
        [nameof(PlanSettings.BatchSize)] = "batch",
        [nameof(PlanSettings.SamplesPerEpoch)] = "data-size",
        ["root"] = "out",
    };

    /// <summary>The sentence.</summary>
    /// <param name="finding">What is wrong.</param>
    /// <param name="command">The command whose flags are meant.</param>
    /// <returns>
    /// One sentence; a setting that the command has a flag for, such as <c>MicroBatch</c> or <c>micro-batch</c>, is <c>--micro-batch</c>
    /// there. Files, and what else is no flag, keep their names.
    /// </returns>
    internal static string Of(Finding finding, Command command) => $"{WithFlag(finding, command)}";

    /// <summary>The finding with the flag for the setting's name, for a finding that becomes a part of another.</summary>
    internal static Finding WithFlag(Finding finding, Command command) =>
        finding.Setting is { } setting && FlagOf(setting, command) is { } flag ? finding with { Setting = flag } : finding;

    /// <summary>A sentence whose quoted commands, such as <c>'rubato plan --help'</c>, begin with the command as it was called.</summary>
    internal static string WithCommand(string sentence, string called) =>
        sentence.Replace("'rubato ", $"'{called} ", StringComparison.Ordinal);

    private static string? FlagOf(string setting, Command command)
    {
        var flag = "--" + (Names.GetValueOrDefault(setting) ?? JsonNamingPolicy.KebabCaseLower.ConvertName(setting));
        return command.Options.Any(option => option.Name == flag) ? flag : null;
    }
}
