using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Launching;

/// <summary>Real launches, with each launcher that is installed.</summary>
public sealed partial class WatchedLaunchTests : IDisposable
{
    private static readonly string[] Long =
        ["--data", "glyphs(train 2000)", "--network", "mlp(16)", "--lr", "0.05", "--epochs", "100000", "--threads", "1"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-launch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("mpirun.openmpi")]
    [InlineData("mpirun.mpich")]
    public async Task Run_Terminated_StopsWithACheckpointAndGoesOn(string launcher)
    {
        Require(launcher);
        var cancellation = TestContext.Current.CancellationToken;
        string run = Path.Combine(_folder, "r"), epochs;
        using (var first = new LaunchedCommand(launcher, _folder, 20, [.. Long, "--out", _folder, "--name", "r"]))
        {
            await first.TrainingAsync("r", cancellation);
            first.Signal("TERM");
            var (code, _, errors) = await first.EndAsync(cancellation);

            Assert.Equal(143, code);
            Assert.EndsWith($"train --resume {run} --processes 2", errors[^1], StringComparison.Ordinal);
            await first.GoneAsync(cancellation);
            epochs = $"{Math.Ceiling(SummaryFile.Read(Path.Combine(run, "summary.json")).Samples / 2000.0) + 1}";
        }

        using var second = new LaunchedCommand(launcher, _folder, 20, "--resume", run, "--epochs", epochs, "--resume-policy", "use-new");
        var end = await second.EndAsync(cancellation);

        Assert.True(end.Code == 0, string.Join('\n', end.Errors));
        Assert.Equal(2, SummaryFile.Read(Path.Combine(run, "summary.json")).Peers?.Processes);
        Assert.Single(end.Output.Split('\n'), line => line.StartsWith("processes  2: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mpirun.openmpi", "process 1 on ", " was ended by signal 9")]
    [InlineData("mpirun.mpich", "process 1 on ", " was ended by signal 9")]
    public async Task Run_KilledProcess_IsNamedLast(string launcher, string who, string how)
    {
        var last = await LastAfterAsync(launcher, limit: 20, command => command.SignalRank(1, "KILL"));

        Assert.StartsWith($"error: {who}", last, StringComparison.Ordinal);
        Assert.Contains(how, last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProcessThatDoesNotAnswer_IsNamedLast()
    {
        var launcher = LaunchedCommand.IsInstalled("mpirun.openmpi") ? "mpirun.openmpi" : "mpirun.mpich";
        var last = await LastAfterAsync(launcher, limit: 2, command => command.SignalRank(1, "STOP"));

        Assert.Contains(" did not answer within 2 s", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SecondSignal_LeavesNothingBehind()
    {
        var launcher = LaunchedCommand.IsInstalled("mpirun.openmpi") ? "mpirun.openmpi" : "mpirun.mpich";
        Require(launcher);
        var cancellation = TestContext.Current.CancellationToken;
        using var command = new LaunchedCommand(launcher, _folder, 60, [.. Long, "--out", _folder, "--name", "r"]);
        await command.TrainingAsync("r", cancellation);
        command.SignalRank(1, "STOP");
        command.Signal("TERM");
        await Task.Delay(500, cancellation);
        Assert.Equal(2, command.Processes().Count());

        command.Signal("TERM");

        Assert.Equal(143, (await command.EndAsync(cancellation)).Code);
        await command.GoneAsync(cancellation);
    }

    [Fact]
    public async Task Run_NoLauncher_OneSentence()
    {
        using var command = new LaunchedCommand("no-such-mpirun", _folder, 20, [.. Long, "--out", _folder]);
        var (code, _, errors) = await command.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.StartsWith("error: RUBATO_MPIRUN is 'no-such-mpirun', which cannot be started", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongFlag_IsSaidBeforeALauncherIsLookedFor()
    {
        using var command = new LaunchedCommand("no-such-mpirun", _folder, 20, "--out", _folder, "--epochs", "-1");
        var (code, _, errors) = await command.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.StartsWith("error: --epochs is", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static void Require(string launcher) => Assert.SkipUnless(
        OperatingSystem.IsLinux() && LaunchedCommand.IsInstalled(launcher), $"{launcher} is not installed");

    private async Task<string> LastAfterAsync(string launcher, int limit, Action<LaunchedCommand> harm)
    {
        Require(launcher);
        var cancellation = TestContext.Current.CancellationToken;
        using var command = new LaunchedCommand(launcher, _folder, limit, [.. Long, "--out", _folder, "--name", "r"]);
        await command.TrainingAsync("r", cancellation);
        harm(command);
        var (code, _, errors) = await command.EndAsync(cancellation);

        Assert.Equal(1, code);
        Assert.Contains(errors, line => line.Contains($"goes on with: rubato train --resume {Path.Combine(_folder, "r")} --processes 2", StringComparison.Ordinal));
        await command.GoneAsync(cancellation);
        return errors[^1];
    }
}
