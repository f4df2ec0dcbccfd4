namespace Rubato.Runs.Records;

/// <summary>The processes that have trained a network together.</summary>
/// <param name="Processes">How many; at least 2.</param>
/// <param name="Engine">What carried their messages, such as <c>Open MPI 4.1.4</c>.</param>
/// <param name="Hosts">The names of their hosts, each once.</param>
/// <param name="WaitedShare">
/// The share of the run's time that the process 0 has waited for others, 0..1: for their part of the batch, and for the sum.
/// </param>
/// <remarks>Immutable. Two are equal only if they share their hosts.</remarks>
public sealed record PeersRecord(int Processes, string Engine, IReadOnlyList<string> Hosts, double WaitedShare);
