using System.CommandLine;
using Rubato.Cli.Console;

namespace Rubato.Cli.Tests.Console;

public sealed class FindingTextTests
{
    private static readonly Command Train = new("train")
    {
        new Option<string>("--lr"), new Option<string>("--batch"), new Option<string>("--micro-batch"), new Option<string>("--out"),
    };

    [Theory]
    [InlineData("LearningRate", "--lr")]
    [InlineData("BatchSize", "--batch")]
    [InlineData("Batch", "--batch")]
    [InlineData("MicroBatch", "--micro-batch")]
    [InlineData("micro-batch", "--micro-batch")]
    [InlineData("root", "--out")]
    [InlineData("--lr", "--lr")]
    [InlineData("SamplesPerEpoch", "SamplesPerEpoch")]
    [InlineData("MaxLr", "MaxLr")]
    [InlineData("data.csv", "data.csv")]
    public void Of_Setting_FlagOnlyWhereTheCommandHasOne(string setting, string shown) =>
        Assert.Equal($"{shown} is 0; it must be at least 1.", FindingText.Of(new Finding(setting, 0, "it must be at least 1"), Train));

    [Fact]
    public void Of_NoSetting_TheSentence() => Assert.Equal("give it once.", FindingText.Of("give it once.", Train));
}
