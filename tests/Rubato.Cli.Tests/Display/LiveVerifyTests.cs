using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Display;

public sealed class LiveVerifyTests
{
    [Fact]
    public void Verify_Terminal_TheBarSaysHowFarTheRunsAreApart()
    {
        using var harness = new Harness { IsTerminal = true };
        harness.Console.Interactive().Width(120).Height(60);

        Assert.Equal(0, harness.Run("verify", "--rewrite", "exponential"));
        Assert.Contains("update 60 of 60  loss 0.3333  difference 3.2e-14  rounding alone 3.2e-13", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_TerminalAndRunFails_ErrorComesThrough()
    {
        using var harness = new Harness { IsTerminal = true, VerifyScript = (_, _, _) => throw new InvalidInputException("no such data.") };
        harness.Console.Interactive();

        Assert.Equal(2, harness.Run("verify", "--rewrite", "exponential"));
        Assert.Equal($"error: no such data.{Environment.NewLine}", harness.Error);
    }
}
