using System.Globalization;
using Rubato.Cli.Console;

namespace Rubato.Cli.Launching;

/// <summary>The command line of a launcher.</summary>
internal static class LaunchLine
{
    // What the processes read, and a launcher on another host would not have.
    private static readonly string[] Passed =
    [
        "DOTNET_ROOT", "PATH", "LD_LIBRARY_PATH", "RUBATO_MPI", "RUBATO_PEER_LIMIT", "RUBATO_COMMAND", "RUBATO_DEBUG", "OMP_WAIT_POLICY",
    ];

    // A host that is cut off would be noticed after minutes: here after 5 + 3 x 2 seconds.
    private static readonly string[] KeepAlive =
    [
        "--mca", "oob_tcp_keepalive_time", "5", "--mca", "oob_tcp_keepalive_intvl", "2", "--mca", "oob_tcp_keepalive_probes", "3",
    ];

    /// <summary>The words after the launcher's name.</summary>
    /// <param name="kind">Whose launcher it is.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="variable">Reads a variable of the environment; null if it is not set.</param>
    /// <param name="program">What is started, with its arguments.</param>
    internal static IReadOnlyList<string> Of(
        LauncherKind kind, LaunchRequest request, Func<string, string?> variable, IReadOnlyList<string> program)
    {
        string[] count = ["-n", Text(request.Processes)];
        var hosts = string.Join(',', request.Hosts.Select(host => $"{host.Name}:{Text(host.Processes)}"));
        string[] on = hosts.Length == 0 ? [] : kind == LauncherKind.Hydra ? ["-hosts", hosts] : ["--host", hosts];
        var set = Passed.Where(name => variable(name) is { Length: > 0 });
        if (kind == LauncherKind.Hydra)
        {
            string[] network = request.Interface is { } name ? ["-iface", name] : [];
            return
            [
                .. count, .. on, .. network, "-genv", LaunchProtocol.Variable, "1", "-genv", "TERM", "dumb", "-genvlist",
                string.Join(',', set), .. program,
            ];
        }

        string[] own = kind == LauncherKind.OpenMpi ? KeepAlive : [];
        string[] over = request.Interface is not { } net ? []
            : ["--mca", "btl_tcp_if_include", net, "--mca", kind == LauncherKind.OpenMpi ? "oob_tcp_if_include" : "prte_if_include", net];
        string[] exported = [.. set.SelectMany(name => (string[])["-x", name])];
        return
        [
            .. count, .. on, "--oversubscribe", "--bind-to", "none", .. own, .. over,
            "-x", $"{LaunchProtocol.Variable}=1", "-x", "TERM=dumb", .. exported, .. program,
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
