using System.Collections.Immutable;
using System.Globalization;

namespace Rubato.Cli.Launching;

/// <summary>The processes of a host.</summary>
/// <param name="Name">The host's name or address.</param>
/// <param name="Processes">How many; at least 1.</param>
/// <remarks>Immutable.</remarks>
internal sealed record HostShare(string Name, int Processes)
{
    /// <summary>Shares processes out to hosts such as <c>a,b:2</c>: the hosts without a number take the rest in equal parts.</summary>
    /// <param name="text">Names with commas between, each with a colon and a number or without.</param>
    /// <param name="processes">How many processes; at least 1.</param>
    /// <returns>The hosts that have a process, in their order; the first ones take what cannot be divided.</returns>
    /// <exception cref="InvalidInputException">The text is none of hosts, or the numbers do not come to the number of processes.</exception>
    internal static ImmutableArray<HostShare> Parse(string text, int processes)
    {
        var hosts = text.Split(',').Select(word => Read(word, text)).ToArray();
        if (hosts.Select(host => host.Name).Distinct(StringComparer.Ordinal).Count() < hosts.Length)
        {
            throw Wrong(text, "but a host stands there twice", "write it once, with the number of its processes, such as a:2");
        }

        var rest = processes - hosts.Sum(host => host.Processes ?? 0);
        var open = hosts.Count(host => host.Processes is null);
        if (rest < 0 || (rest > 0 && open == 0))
        {
            throw Wrong(
                text,
                $"which holds {processes - rest} processes, but --processes is {processes}",
                "let the numbers come to it, or leave one out");
        }

        var (shares, taken) = (ImmutableArray.CreateBuilder<HostShare>(), 0);
        foreach (var (name, given) in hosts)
        {
            var share = given ?? ((rest / open) + (taken++ < rest % open ? 1 : 0));
            if (share > 0)
            {
                shares.Add(new HostShare(name, share));
            }
        }

        return shares.ToImmutable();
    }

    /// <summary>The hosts as launchers read them, such as <c>a:2,b:1</c>.</summary>
    internal static string Text(IEnumerable<HostShare> hosts) => string.Join(',', hosts.Select(host => $"{host.Name}:{host.Processes}"));

    private static (string Name, int? Processes) Read(string word, string text)
    {
        var parts = word.Trim().Split(':');
        var isName = parts[0].Length > 0 && parts[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');
        return (isName && !parts[0].StartsWith('-'), parts) switch
        {
            (true, [var name]) => (name, null),
            (true, [var name, var number]) when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 =>
                (name, count),
            _ => throw Wrong(text, "it must be names of hosts with commas between, each with :N for N processes or without", "for instance a,b:2"),
        };
    }

    private static InvalidInputException Wrong(string text, string rule, string remedy) => new(new Finding("--hosts", text, rule, remedy));
}
