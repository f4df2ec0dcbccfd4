using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using Rubato.Cli.Launching;

namespace Rubato.Cli.Commands;

/// <summary><c>--processes N</c>, <c>--hosts NAMES</c> and <c>--network-interface WORD</c>: how a run is launched; no settings of it.</summary>
internal sealed class LaunchFlags
{
    private const int Most = 4096;

    private readonly Option<string> _processes = new("--processes") { Arity = ArgumentArity.ExactlyOne, HelpName = "N" };
    private readonly Option<string> _hosts = new("--hosts") { Arity = ArgumentArity.ExactlyOne, HelpName = "NAMES" };
    private readonly Option<string> _network = new("--network-interface") { Arity = ArgumentArity.ExactlyOne, HelpName = "WORD" };

    /// <summary>Adds the flags to a command.</summary>
    /// <param name="command">The command.</param>
    internal LaunchFlags(Command command) => Array.ForEach([_processes, _hosts, _network], command.Add);

    /// <summary>What is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isLaunched">Whether a launcher has started this process with others.</param>
    /// <param name="findings">Receives a sentence for everything that cannot be used.</param>
    /// <returns>The request; null if none is made, or it cannot be used.</returns>
    internal LaunchRequest? Read(ParseResult parsed, bool isLaunched, List<Finding> findings)
    {
        var (network, hosts) = (parsed.GetValue(_network), parsed.GetValue(_hosts));
        if (parsed.GetValue(_processes) is not { } text)
        {
            foreach (var (flag, value) in new[] { ("--hosts", hosts), ("--network-interface", network) }.Where(given => given.Item2 is not null))
            {
                findings.Add(new Finding(flag, value, "but --processes is not given", "write --processes N, or leave it out"));
            }

            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var processes) || processes is < 1 or > Most)
        {
            findings.Add(new Finding("--processes", text, $"it must be a whole number, at least 1 and at most {Most}", "for instance --processes 2"));
            return null;
        }

        if (isLaunched)
        {
            findings.Add(new Finding("--processes", text, "but a launcher has started this process with others already", "leave it out"));
        }

        if (network is not null && !IsInterface(network))
        {
            findings.Add(new Finding(
                "--network-interface", network, "it must be the name of an interface, or a network", "for instance eth0 or 10.0.0.0/24"));
        }

        try
        {
            return new LaunchRequest(processes, hosts is null ? ImmutableArray<HostShare>.Empty : HostShare.Parse(hosts, processes), network);
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }

    /// <summary>The words of a command line without these flags, as each process gets them.</summary>
    internal IReadOnlyList<string> Without(ParseResult parsed)
    {
        string[] own = [_processes.Name, _hosts.Name, _network.Name];
        var words = new List<string>();
        for (var i = 0; i < parsed.Tokens.Count; i++)
        {
            if (own.Contains(parsed.Tokens[i].Value, StringComparer.Ordinal))
            {
                i++;
            }
            else
            {
                words.Add(parsed.Tokens[i].Value);
            }
        }

        return words;
    }

    private static bool IsInterface(string text) =>
        text.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.TryParse(text, out _)
            : text.Length > 0 && !text.StartsWith('-') && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or '@');
}
