using System.Collections.Immutable;
using Rubato.Cli.Commands;

namespace Rubato.Cli.Launching;

/// <summary>What <c>--processes</c> and its companions ask for: how many processes train together, and where.</summary>
/// <param name="Processes">How many; at least 1.</param>
/// <param name="Hosts">Where, each with how many; empty for this host.</param>
/// <param name="NetworkInterface">What messages go through, a name or a network such as <c>10.0.0.0/24</c>; null for any.</param>
/// <remarks>Immutable.</remarks>
internal sealed record LaunchRequest(int Processes, ImmutableArray<HostShare> Hosts, string? NetworkInterface)
{
    /// <summary>Whether a launcher is needed: one process on this host is none.</summary>
    internal bool IsLaunch => Processes > 1 || !Hosts.IsEmpty;

    /// <summary>The most processes on one host.</summary>
    internal int MostOnAHost => Hosts.IsEmpty ? Processes : Hosts.Max(host => host.Processes);

    /// <summary>The flags, as they are repeated in a line to be copied.</summary>
    internal string Flags => string.Join(' ', new[]
    {
        $"--processes {Processes}",
        Hosts.IsEmpty ? "" : $"--hosts {TrainLine.Quoted(HostShare.Text(Hosts))}",
        NetworkInterface is { } network ? $"--network-interface {TrainLine.Quoted(network)}" : "",
    }.Where(flag => flag.Length > 0));
}
