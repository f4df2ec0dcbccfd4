using Rubato.Cli.Help;

namespace Rubato.Cli.Tests.Help;

public sealed class PlanPageTests
{
    [Fact]
    public void Text_Lines_FitATerminal() => Assert.All(PlanPage.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Theory]
    [InlineData("--lr", "0.1")]
    [InlineData("--warmup", "0.1", "--lr", "0.1")]
    [InlineData("--batch", "multi-step(128, gamma 2, at 10ep)", "--lr", "0.1")]
    [InlineData("--momentum", "0.95", "--lr", "0.1")]
    [InlineData("--weight-decay", "5e-4", "--lr", "0.1")]
    [InlineData("--groups", "head(lr 2 * base)", "--lr", "0.1")]
    [InlineData("--tail", "cut", "--lr", "0.1")]
    [InlineData("--rewrite", "grow-batch", "--lr", "0.1")]
    [InlineData("--micro-batch", "64", "--lr", "0.1", "--rewrite", "grow-batch")]
    [InlineData("--noise-scale", "exact", "--lr", "0.1")]
    [InlineData("--log", "", "--lr", "0.1")]
    public void Text_Example_IsAccepted(string flag, string value, params string[] more)
    {
        var written = value.Contains(' ', StringComparison.Ordinal) ? $"\"{value}\"" : value;
        Assert.Contains($"Example: {$"{flag} {written}".TrimEnd()}\n", PlanPage.Text, StringComparison.Ordinal);
        using var harness = new Harness();
        string[] given = value.Length > 0 ? [flag, value] : [flag];
        Assert.Equal(0, harness.Run(["plan", .. given, .. more, "--length", "30ep", "--data-size", "50000"]));
    }

    [Fact]
    public void Run_Help_ThePage()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "--help", "--verbose"));
        Assert.Equal(PlanPage.Text, harness.Output);
    }
}
