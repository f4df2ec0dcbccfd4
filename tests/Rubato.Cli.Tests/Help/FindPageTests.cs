using Rubato.Cli.Help;

namespace Rubato.Cli.Tests.Help;

public sealed class FindPageTests
{
    private static string Approved => Path.Combine(AppContext.BaseDirectory, "Help/find.approved.txt");

    [Fact]
    public void Text_Page_Approved() => Assert.Equal(File.ReadAllText(Approved), FindPage.Text);

    [Fact]
    public void Text_Lines_FitATerminal() => Assert.All(FindPage.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Theory]
    [InlineData("--start-lr", "1e-5")]
    [InlineData("--end-lr", "10")]
    [InlineData("--spacing", "linear")]
    [InlineData("--iterations", "300")]
    [InlineData("--epochs", "0.5")]
    [InlineData("--repeats", "3")]
    [InlineData("--diverge-threshold", "10")]
    [InlineData("--accuracy-every", "10")]
    [InlineData("--accuracy-samples", "500")]
    [InlineData("--rule", "valley")]
    [InlineData("--smoothing", "average(0.9)")]
    [InlineData("--base-divisor", "3")]
    [InlineData("--quiet", "")]
    [InlineData("--batch", "multi-step(128, gamma 2, at 3ep)")]
    [InlineData("--groups", "*.bias(weight-decay 0)")]
    public void Text_Example_IsAccepted(string flag, string value)
    {
        var written = value.Contains('(', StringComparison.Ordinal) ? $"\"{value}\"" : value;
        Assert.Contains($"Example: {$"{flag} {written}".TrimEnd()}\n", FindPage.Text, StringComparison.Ordinal);
        using var harness = new Harness();
        string[] given = value.Length > 0 ? [flag, value] : [flag];

        Assert.Equal(0, harness.Run(["find", .. given]));
    }

    [Fact]
    public void Run_Help_ThePage()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("find", "--help"));
        Assert.Equal(FindPage.Text, harness.Output);
        Assert.Contains("\n  find    ", HelpPages.Of("rubato"), StringComparison.Ordinal);
    }
}
