using Rubato.Cli.Help;

namespace Rubato.Cli.Tests.Help;

public sealed class RatesPageTests
{
    [Fact]
    public void Text_Lines_FitATerminal() => Assert.All(RatesPage.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void Run_Help_ThePage()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("rates", "--help"));
        Assert.Equal(RatesPage.Text, harness.Output);
    }
}
