using Rubato.Cli.Help;

namespace Rubato.Cli.Tests.Help;

public sealed class ShortPagesTests
{
    [Theory]
    [InlineData("train", 44)]
    [InlineData("plan", 24)]
    public void Run_Help_AShortPageThatNamesTheWholeOne(string command, int mostLines)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(command, "--help"));

        var lines = harness.Output.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 10, mostLines);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal($"All flags: rubato {command} --help --verbose", lines[^1]);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("plan")]
    [InlineData("find")]
    public void Run_HelpVerbose_TheWholePage(string command)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(command, "--help", "--verbose"));
        Assert.Equal(HelpPages.Of(command), harness.Output);
    }

    [Fact]
    public void Run_PlanAlone_WhatIsMissingAndTheShortPage()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("plan"));
        Assert.StartsWith("error: 'rubato plan' needs PLAN, --lr or --config; ", harness.Error, StringComparison.Ordinal);
        Assert.EndsWith($"\n{ShortPages.Plan}", harness.Error, StringComparison.Ordinal);
        Assert.Empty(harness.Output);
    }

    [Theory]
    [InlineData("one-cycle(0.1)", "--length", "30ep", "--data-size", "50000")]
    [InlineData("cosine(0.1 -> 0)", "linear(0.1 -> 0)", "--length", "5000ba")]
    public void Plan_Example_IsAccepted(params string[] words)
    {
        Assert.Contains($"rubato plan {string.Join(' ', words.Select(word => word.Contains('(', StringComparison.Ordinal) ? $"\"{word}\"" : word))}", ShortPages.Plan, StringComparison.Ordinal);
        using var harness = new Harness();
        Assert.Equal(0, harness.Run(["plan", .. words]));
    }
}
