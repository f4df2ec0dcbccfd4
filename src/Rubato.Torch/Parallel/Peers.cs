using System.Globalization;

namespace Rubato.Torch.Parallel;

/// <summary>Joins the processes that a launcher has started with this one.</summary>
public static class Peers
{
    /// <summary>How long a process waits for another unless RUBATO_PEER_LIMIT says otherwise.</summary>
    public static TimeSpan UsualLimit { get; } = TimeSpan.FromSeconds(20);

    private static int Joined;

    /// <summary>Joins them, through the MPI library that the launcher belongs to.</summary>
    /// <returns>
    /// The processes, to be disposed by all of them at their end; <see cref="Alone"/> if this process was started by itself.
    /// </returns>
    /// <exception cref="InvalidInputException">The environment has half of a launcher's variables, or those of one without MPI.</exception>
    /// <exception cref="PeersException">
    /// No MPI library was found, or it is not the launcher's: then each process would believe that it is alone.
    /// </exception>
    /// <exception cref="InvalidOperationException">The processes were joined before; MPI can be started once in a process.</exception>
    /// <remarks>
    /// The library is that of the environment variable RUBATO_MPI, otherwise what the launcher's variables tell: Open MPI, MPICH and its
    /// family, or one of the standard interface of MPI 5. The calls must come from the thread that joins.
    /// </remarks>
    public static IPeers Join() => Join(Environment.GetEnvironmentVariable);

    private static IPeers Join(Func<string, string?> variable)
    {
        if (Launch.Find(variable) is not { Size: > 1 } launch)
        {
            return Alone.Instance;
        }

        var limit = LimitOf(variable("RUBATO_PEER_LIMIT"));
        if (Interlocked.Exchange(ref Joined, 1) == 1)
        {
            throw new InvalidOperationException("The processes were joined before; MPI can be started once in a process.");
        }

        // Each process comes to the same; the first one says it.
        var isSaidHere = launch.Rank == 0;
        var library = MpiLibrary.Load(MpiLibrary.Candidates(variable), isSaidHere);
        var peers = new MpiPeers(library, limit);
        return peers.Size == launch.Size ? peers : throw new PeersException(
            $"{launch.Launcher} started {launch.Size} processes, but the MPI library {library.Name} ({peers.Engine}) sees {peers.Size}, "
            + "so that it is not the launcher's; name the launcher's own library in RUBATO_MPI, or use the launcher of that library")
        {
            IsSaidHere = isSaidHere,
        };
    }

    /// <summary>The limit of an environment variable.</summary>
    /// <param name="text">Seconds; null for the usual limit.</param>
    internal static TimeSpan LimitOf(string? text) =>
        text is null or "" ? UsualLimit
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidInputException(new Finding(
            "RUBATO_PEER_LIMIT", text, "it must be a number of seconds, at least 1 and at most 86400", "for instance 20, or leave it out"));
}
