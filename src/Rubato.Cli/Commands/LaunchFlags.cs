using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Rubato.Cli.Console;
using Rubato.Torch.Parallel;

namespace Rubato.Cli.Commands;

/// <summary>
/// <c>--processes N</c>, <c>--hosts LIST</c> and <c>--network-interface NET</c>: how a training is started, which is no part of the run.
/// </summary>
internal sealed class LaunchFlags
{
    private readonly Option<string> _processes = new("--processes") { Arity = ArgumentArity.ExactlyOne, HelpName = "N" };
    private readonly Option<string> _hosts = new("--hosts") { Arity = ArgumentArity.ExactlyOne, HelpName = "LIST" };
    private readonly Option<string> _network = new("--network-interface") { Arity = ArgumentArity.ExactlyOne, HelpName = "NET" };

    /// <summary>Adds the flags to a command.</summary>
    internal LaunchFlags(Command command)
    {
        command.Add(_processes);
        command.Add(_hosts);
        command.Add(_network);
    }

    /// <summary>What is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="launch">What has started this process; null for nothing that is known.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>The request; null for one process.</returns>
    internal LaunchRequest? Read(ParseResult parsed, Launch? launch, List<Finding> findings)
    {
        var (processes, hosts, network) = (parsed.GetValue(_processes), parsed.GetValue(_hosts), parsed.GetValue(_network));
        if (processes is null)
        {
            foreach (var (name, value) in ((string, string?)[])[("--hosts", hosts), ("--network-interface", network)])
            {
                if (value is not null)
                {
                    findings.Add(new Finding(name, value, "but --processes is not given", "write --processes N, or leave it out"));
                }
            }

            return null;
        }

        if (launch is { Size: > 1 })
        {
            findings.Add(new Finding(
                "--processes", processes, $"but {launch.Launcher} has started {launch.Size} processes already", "leave it out"));
        }

        if (!int.TryParse(processes, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 65_536)
        {
            findings.Add(new Finding(
                "--processes", processes, "it must be a whole number, at least 1 and at most 65536", "for instance --processes 4"));
            return null;
        }

        var spread = HostsOf(hosts, count, findings);
        return count == 1 || findings.Count > 0 ? null : new LaunchRequest(count, spread, network);
    }

    /// <summary>The words of a command line without these flags.</summary>
    internal static IReadOnlyList<string> Rest(ParseResult parsed)
    {
        var rest = new List<string>();
        var isOwn = false;
        foreach (var token in parsed.Tokens)
        {
            if (!isOwn && !(isOwn = token.Type == TokenType.Option && token.Value is "--processes" or "--hosts" or "--network-interface"))
            {
                rest.Add(token.Value);
            }
            else
            {
                isOwn = token.Type == TokenType.Option;
            }
        }

        return rest;
    }

    private static (string Name, int Processes)[] HostsOf(string? text, int count, List<Finding> findings)
    {
        if (text is null)
        {
            return [];
        }

        var hosts = text.Split(',', StringSplitOptions.TrimEntries).Select(host => host.Split(':')).ToArray();
        var isCounted = hosts.All(host => host.Length == 2);
        var numbers = hosts.Select(host => NumberIn(host[^1])).ToArray();
        if (hosts.Any(host => host[0].Length == 0 || host.Length > 2) || (!isCounted && hosts.Any(host => host.Length == 2))
            || (isCounted && numbers.Any(number => number < 1)))
        {
            findings.Add(new Finding(
                "--hosts", text, "it must be names with commas, each with a number of processes or none", "for instance --hosts a:2,b:2"));
            return [];
        }

        if (isCounted && numbers.Sum(number => (long)number) != count)
        {
            findings.Add(new Finding("--hosts", text, $"but --processes is {count}", "let the numbers add up to it"));
            return [];
        }

        if (!isCounted && hosts.Length > count)
        {
            findings.Add(new Finding("--hosts", text, $"which are more than the {count} processes", "leave some out"));
            return [];
        }

        return isCounted
            ? [.. hosts.Zip(numbers, (host, number) => (host[0], number))]
            : [.. hosts.Select((host, i) => (host[0], (count / hosts.Length) + (i < count % hosts.Length ? 1 : 0)))];
    }

    private static int NumberIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
