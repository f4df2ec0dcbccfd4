using System.Collections.Immutable;

namespace Rubato.Cli.Launching;

/// <summary>The line that starts processes of MPI, by the family of its launcher.</summary>
/// <param name="Arguments">What stands after the launcher's name.</param>
/// <param name="Variables">What its environment gets besides the own one.</param>
/// <remarks>
/// Immutable. Processes are not bound to cores: an operator's threads then share them all, and no difference was measured between bound and
/// unbound processes of one thread.
/// </remarks>
internal sealed record LaunchLine(ImmutableArray<string> Arguments, ImmutableArray<KeyValuePair<string, string>> Variables)
{
    // Of these the processes on other hosts need their values.
    private static readonly string[] Passed = ["RUBATO_", "DOTNET_", "OMP_", "MKL_"];

    // A cut link is known after 11 seconds, where the usual values take minutes.
    private static readonly string[] OpenMpiKeepalive =
    [
        "--mca", "oob_tcp_keepalive_time", "5", "--mca", "oob_tcp_keepalive_intvl", "2", "--mca", "oob_tcp_keepalive_probes", "3",
    ];

    /// <summary>The line.</summary>
    /// <param name="family">What the launcher takes.</param>
    /// <param name="request">How many processes, and where.</param>
    /// <param name="cores">The processor cores of this host; at least 1.</param>
    /// <param name="isRoot">Whether the system's administrator starts them, which Open MPI wants to be told twice.</param>
    /// <param name="names">The names of the variables of the environment.</param>
    /// <param name="program">What each process runs, with its arguments.</param>
    /// <exception cref="InvalidInputException">The launcher cannot take the interface.</exception>
    internal static LaunchLine Of(
        MpiFamily family, LaunchRequest request, int cores, bool isRoot, IEnumerable<string> names, IReadOnlyList<string> program)
    {
        var number = $"{request.Processes}";
        string[] passed = [.. names.Where(name => Passed.Any(start => name.StartsWith(start, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
        var isCrowded = request.Hosts.IsEmpty && request.Processes > cores;
        string[] hosts = request.Hosts.IsEmpty ? [] : [HostShare.Text(request.Hosts)];
        return family switch
        {
            // On one host nothing goes over the network, and nothing waits for it.
            MpiFamily.OpenMpi => new LaunchLine(
                [
                    "-n", number, "--bind-to", "none", .. isCrowded ? ["--oversubscribe"] : Array.Empty<string>(),
                    .. After("-H", hosts), .. hosts.Length > 0 ? OpenMpiKeepalive : [],
                    .. Interface(request, "--mca", "btl_tcp_if_include"), .. Interface(request, "--mca", "oob_tcp_if_include"),
                    .. passed.SelectMany(name => new[] { "-x", name }), "-x", "TERM", .. program,
                ],
                Root("OMPI", isRoot)),
            MpiFamily.Prrte => new LaunchLine(
                [
                    "-n", number, "--bind-to", "none", .. isCrowded ? ["--map-by", ":OVERSUBSCRIBE"] : Array.Empty<string>(),
                    .. After("-H", hosts),
                    .. Interface(request, "--mca", "btl_tcp_if_include"), .. Interface(request, "--prtemca", "prte_if_include"),
                    .. passed.SelectMany(name => new[] { "-x", name }), "-x", "TERM", .. program,
                ],
                [.. Root("OMPI", isRoot), .. Root("PRTE", isRoot)]),
            MpiFamily.Hydra => new LaunchLine(
                [
                    "-n", number, "-bind-to", "none", .. After("-hosts", hosts), .. After("-iface", NamedInterface(request)),
                    "-genvall", "-genv", "TERM", "dumb", .. program,
                ],
                []),
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "This is no family of launchers."),
        };
    }

    private static string[] After(string flag, string[] value) => value.Length == 0 ? [] : [flag, .. value];

    private static string[] Interface(LaunchRequest request, string flag, string name) =>
        request.NetworkInterface is { } network ? [flag, name, network] : [];

    private static string[] NamedInterface(LaunchRequest request) => request.NetworkInterface switch
    {
        null => [],
        var network when network.Contains('/', StringComparison.Ordinal) => throw new InvalidInputException(new Finding(
            "--network-interface", network, "but MPICH takes the name of an interface", "write a name, such as eth0")),
        var name => [name],
    };

    private static ImmutableArray<KeyValuePair<string, string>> Root(string prefix, bool isRoot) => !isRoot ? [] :
    [
        new($"{prefix}_ALLOW_RUN_AS_ROOT", "1"),
        new($"{prefix}_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
    ];
}
