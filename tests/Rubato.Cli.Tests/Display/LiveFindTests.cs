using Spectre.Console.Testing;

namespace Rubato.Cli.Tests.Display;

public sealed class LiveFindTests
{
    [Fact]
    public void Find_Terminal_TheCurveOfEachRunAndLinesThatStay()
    {
        using var harness = new Harness { IsTerminal = true };
        harness.Console.Interactive().Width(100).Height(40);

        Assert.Equal(0, harness.Run("find", "--repeats", "2"));

        Assert.Contains("run 1 of 2  momentum 0.9  weight decay 0.0001  seed 0\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("run 2 of 2  diverged: ", harness.Output, StringComparison.Ordinal);
        // The whole sweep, up to its last rate, which no run reaches.
        Assert.Matches("\n *1e-5 +1e-4 +0.001 +0.01 +0.1 +1 +10 *\n", harness.Output);
        Assert.Contains("run 1 of 2  update ", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TerminalAndTestFails_ErrorComesThrough()
    {
        using var harness = new Harness { IsTerminal = true, FindScript = (_, _, _, _) => throw new InvalidInputException("no such data.") };
        harness.Console.Interactive();

        Assert.Equal(2, harness.Run("find"));
        Assert.Equal($"error: no such data.{Environment.NewLine}", harness.Error);
    }
}
