using System.Runtime.InteropServices;
using Rubato.Cli.Console;
using Rubato.Cli.Launching;
using Spectre.Console;

namespace Rubato.Cli.Tests.Launching;

/// <summary>A script in place of a launcher and its processes.</summary>
public sealed partial class WatchedLaunchTests
{
    private const string Begun = "echo 'rubato-process 0 vm 11' >&2; ";

    [Fact]
    public void Run_SignalOfAProcessAlone_IsItsExitCode()
    {
        using var interruption = new Interruption(() => { });

        Assert.Equal((ExitCodes.Terminated, ""), Run(Begun + "echo 'rubato-ended 143' >&2", TextWriter.Null, interruption));
    }

    [Fact]
    public void Run_TerminatedWhileALauncherWaitsForItsHosts_Ends()
    {
        using var interruption = new Interruption(() => { });
        Assert.True(interruption.Receive(PosixSignal.SIGTERM));

        Assert.Equal(ExitCodes.Terminated, Run("exec sleep 100", TextWriter.Null, interruption).Code);
    }

    [Fact]
    public void Run_OutputThatIsClosed_StopsTheRunAndSaysSo()
    {
        using var interruption = new Interruption(() => { });
        using var error = new StringWriter();
        using var output = StandardWriter.ForOutput(new Closed());

        var exception = Assert.Throws<InvalidInputException>(
            () => Run(Begun + "echo epoch 1; read word; echo heard $word >&2", output, interruption, error));

        Assert.StartsWith("standard output cannot be written: it is closed", exception.Message, StringComparison.Ordinal);
        Assert.Equal($"heard stop{Environment.NewLine}", error.ToString());
    }

    private static (int Code, string Errors) Run(string script, TextWriter output, Interruption interruption)
    {
        using var error = new StringWriter();
        return (Run(script, output, interruption, error), error.ToString());
    }

    private static int Run(string script, TextWriter output, Interruption interruption, StringWriter error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The script is one of /bin/sh.");
        var environment = new CommandEnvironment
        {
            Output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }),
            IsTerminal = false,
            Error = error,
            Train = (_, _, _, _) => throw new NotSupportedException(),
            Launch = (_, _, _, _) => throw new NotSupportedException(),
            Find = (_, _, _, _) => throw new NotSupportedException(),
            Verify = (_, _, _) => throw new NotSupportedException(),
            Fetch = (_, _, _, _, _) => throw new NotSupportedException(),
            Time = TimeProvider.System,
            Interruption = interruption,
        };
        return WatchedLaunch.Run(new MpiLauncher("/bin/sh", LauncherKind.OpenMpi), ["-c", script], 2, environment);
    }

    private sealed class Closed : StringWriter
    {
        public override void Write(char value) => throw new UnauthorizedAccessException();

        public override void Write(string? value) => throw new UnauthorizedAccessException();

        public override void WriteLine(string? value) => throw new UnauthorizedAccessException();
    }
}
