using Rubato.Cli.Help;
using Rubato.Cli.Settings;

namespace Rubato.Cli.Tests.Help;

public sealed class HelpPagesTests
{
    private static string Approved => Path.Combine(AppContext.BaseDirectory, "Help/train.approved.txt");

    [Fact]
    public void Of_Train_ApprovedText() => Assert.Equal(File.ReadAllText(Approved), HelpPages.Of("train"));

    [Fact]
    public void Of_Train_EverySettingWithAnExampleThatIsAccepted()
    {
        var page = HelpPages.Of("train");
        foreach (var setting in TrainSettingTable.All)
        {
            Assert.Contains($"  --{setting.Name} {setting.Help.ValueName}".TrimEnd(), page, StringComparison.Ordinal);
            Assert.Contains($"Example: {setting.ExampleFlag}\n", page, StringComparison.Ordinal);
            using var harness = new Harness();
            string[] others = setting.Name switch
            {
                "label" => ["--data", "csv:flowers.csv"],
                "best" => ["--validation", "0.1"],
                _ => [],
            };
            string[] value = setting.IsSwitch ? [] : [setting.Help.Example.Trim('"')];
            Assert.Equal(0, harness.Run(["train", "--" + setting.Name, .. value, .. others]));
        }
    }

    [Theory]
    [InlineData("train")]
    [InlineData("get")]
    [InlineData("rubato")]
    public void Of_AnyCommand_FitsATerminal(string command) =>
        Assert.All(HelpPages.Of(command).Split('\n'), line => Assert.InRange(line.Length, 0, 80));

    [Fact]
    public void Of_Root_ExitCodes()
    {
        var page = HelpPages.Of("rubato");

        Assert.All((string[])["  0    ", "  1    ", "  2    ", "  130  "], code => Assert.Contains(code, page, StringComparison.Ordinal));
    }
}
