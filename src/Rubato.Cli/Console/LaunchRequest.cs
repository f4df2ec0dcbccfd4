namespace Rubato.Cli.Console;

/// <summary>Several processes that are asked for.</summary>
/// <param name="Processes">How many; at least 2.</param>
/// <param name="Hosts">The hosts they are spread over, with their numbers of processes; empty for this one.</param>
/// <param name="Interface">The network that they use, such as <c>10.0.0.0/24</c> or <c>eth0</c>; null leaves it to MPI.</param>
/// <remarks>Immutable. Two are equal only if they share their hosts.</remarks>
internal sealed record LaunchRequest(int Processes, IReadOnlyList<(string Name, int Processes)> Hosts, string? Interface);
