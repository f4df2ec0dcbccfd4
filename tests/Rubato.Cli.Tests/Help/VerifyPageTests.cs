using Rubato.Cli.Help;

namespace Rubato.Cli.Tests.Help;

public sealed class VerifyPageTests
{
    private static string Approved => Path.Combine(AppContext.BaseDirectory, "Help/verify.approved.txt");

    [Fact]
    public void Text_Page_Approved() => Assert.Equal(File.ReadAllText(Approved), VerifyPage.Text);

    [Fact]
    public void Text_Lines_FitATerminal() => Assert.All(VerifyPage.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Theory]
    [InlineData("--precision", "float32")]
    [InlineData("--updates", "300")]
    [InlineData("--every", "1")]
    [InlineData("--probe", "1000")]
    [InlineData("--tolerance", "1e-6")]
    [InlineData("--quiet", "")]
    public void Text_Example_IsAccepted(string flag, string value)
    {
        Assert.Contains($"Example: {$"{flag} {value}".TrimEnd()}\n", VerifyPage.Text, StringComparison.Ordinal);
        using var harness = new Harness();
        string[] given = value.Length > 0 ? [flag, value] : [flag];

        Assert.Equal(0, harness.Run(["verify", "--rewrite", "exponential", .. given]));
    }

    [Fact]
    public void Run_Help_ThePage()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("verify", "--help"));
        Assert.Equal(VerifyPage.Text, harness.Output);
        Assert.Contains("\n  verify    ", HelpPages.Of("rubato"), StringComparison.Ordinal);
    }
}
