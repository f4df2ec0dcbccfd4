using System.CommandLine;
using Rubato.Cli.Commands;
using Rubato.Cli.Console;
using Rubato.Torch.Parallel;

namespace Rubato.Cli.Tests.Commands;

public sealed class LaunchFlagsTests
{
    [Theory]
    [InlineData("--processes 5", 5, "")]
    [InlineData("--processes 5 --hosts a,b", 5, "a:3 b:2")]
    [InlineData("--processes 5 --hosts a:1,b:4", 5, "a:1 b:4")]
    public void Read_Good_IsTheRequest(string line, int processes, string hosts)
    {
        var (request, findings) = Read(line, launch: null);

        Assert.Empty(findings);
        Assert.Equal(processes, request?.Processes);
        Assert.Equal(hosts, string.Join(' ', request!.Hosts.Select(host => $"{host.Name}:{host.Processes}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--processes 1")]
    public void Read_OneProcess_NoRequest(string line)
    {
        var (request, findings) = Read(line, launch: null);

        Assert.Null(request);
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("--processes 0", "--processes is 0; it must be a whole number, at least 1")]
    [InlineData("--processes two", "--processes is 'two'; it must be a whole number")]
    [InlineData("--hosts a,b", "--hosts is 'a,b', but --processes is not given")]
    [InlineData("--network-interface eth0", "--network-interface is 'eth0', but --processes is not given")]
    [InlineData("--processes 4 --hosts a:2000000000,b:2000000000", "--hosts is 'a:2000000000,b:2000000000', but --processes is 4")]
    [InlineData("--processes 4 --hosts a:1,b:2", "--hosts is 'a:1,b:2', but --processes is 4")]
    [InlineData("--processes 2 --hosts a,b,c", "--hosts is 'a,b,c', which are more than the 2 processes")]
    [InlineData("--processes 2 --hosts a,,b", "--hosts is 'a,,b'; it must be names with commas")]
    public void Read_Bad_OneSentence(string line, string expected)
    {
        var (request, findings) = Read(line, launch: null);

        Assert.Null(request);
        Assert.StartsWith(expected, Assert.Single(findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithinALaunch_IsRefused()
    {
        var (_, findings) = Read("--processes 2", new Launch("mpirun (MPICH)", 0, 2));

        Assert.Contains("mpirun (MPICH) has started 2 processes already", Assert.Single(findings).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed 1 --processes 2 --hosts a:1,b:1 --network-interface eth0 --lr 0.1", "--seed 1 --lr 0.1")]
    [InlineData("--processes=2 --lr=0.1 --seed 1", "--lr 0.1 --seed 1")]
    public void Rest_OfALine_IsWhatEachProcessGets(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', LaunchFlags.Rest(Command(out _).Parse(line.Split(' ')))));

    private static (LaunchRequest? Request, List<Finding> Findings) Read(string line, Launch? launch)
    {
        var findings = new List<Finding>();
        var command = Command(out var flags);
        return (flags.Read(command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), launch, findings), findings);
    }

    private static Command Command(out LaunchFlags flags)
    {
        var command = new Command("train") { new Option<string>("--seed"), new Option<string>("--lr") };
        flags = new LaunchFlags(command);
        return command;
    }
}
