using Rubato.Cli.Console;
using Rubato.Cli.Launching;

namespace Rubato.Cli.Tests.Launching;

public sealed class LaunchLineTests
{
    private const string KeepAlive = "--mca oob_tcp_keepalive_time 5 --mca oob_tcp_keepalive_intvl 2 --mca oob_tcp_keepalive_probes 3 ";

    [Theory]
    [InlineData(nameof(LauncherKind.OpenMpi), "", null, "-n 3 --oversubscribe --bind-to none " + KeepAlive + "-x RUBATO_LAUNCHED=1 -x TERM=dumb -x RUBATO_MPI x y")]
    [InlineData(
        nameof(LauncherKind.OpenMpi),
        "a:1 b:2",
        "10.0.0.0/24",
        "-n 3 --host a:1,b:2 --oversubscribe --bind-to none " + KeepAlive
        + "--mca btl_tcp_if_include 10.0.0.0/24 --mca oob_tcp_if_include 10.0.0.0/24 -x RUBATO_LAUNCHED=1 -x TERM=dumb -x RUBATO_MPI x y")]
    [InlineData(
        nameof(LauncherKind.OpenMpi5),
        "a:3",
        "eth0",
        "-n 3 --host a:3 --oversubscribe --bind-to none --mca btl_tcp_if_include eth0 --mca prte_if_include eth0 "
        + "-x RUBATO_LAUNCHED=1 -x TERM=dumb -x RUBATO_MPI x y")]
    [InlineData(nameof(LauncherKind.Hydra), "", null, "-n 3 -genv RUBATO_LAUNCHED 1 -genv TERM dumb -genvlist RUBATO_MPI x y")]
    [InlineData(
        nameof(LauncherKind.Hydra), "a:1 b:2", "eth0", "-n 3 -hosts a:1,b:2 -iface eth0 -genv RUBATO_LAUNCHED 1 -genv TERM dumb -genvlist RUBATO_MPI x y")]
    public void Of_Kind_ItsOwnFlags(string kind, string hosts, string? network, string expected)
    {
        (string, int)[] spread = [.. hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(host => (host[..1], host[2] - '0'))];

        var line = LaunchLine.Of(
            Enum.Parse<LauncherKind>(kind), new LaunchRequest(3, spread, network), name => name == "RUBATO_MPI" ? "libmpi.so.40" : null, ["x", "y"]);

        Assert.Equal(expected, string.Join(' ', line));
    }
}
