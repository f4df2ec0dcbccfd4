using System.Runtime.InteropServices;
using Rubato.Cli.Console;

namespace Rubato.Cli.Tests.Console;

public sealed class InterruptionTests
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void Receive_FirstSignal_CancelsAndGoesOn(PosixSignal signal, int exitCode)
    {
        var ended = 0;
        using var interruption = new Interruption(() => ended++);

        Assert.False(interruption.Token.IsCancellationRequested);
        Assert.True(interruption.Receive(signal));
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.Equal(exitCode, interruption.ExitCode);
        Assert.Equal(0, ended);
    }

    [Fact]
    public void Receive_SecondSignal_EndsAtOnceWithTheTerminalRestored()
    {
        var ended = 0;
        using var interruption = new Interruption(() => ended++);

        interruption.Receive(PosixSignal.SIGINT);

        Assert.False(interruption.Receive(PosixSignal.SIGTERM));
        Assert.Equal(1, ended);
        Assert.Equal(130, interruption.ExitCode);
    }
}
