using System.Runtime.InteropServices;

namespace Rubato.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("trian", "Unknown command 'trian'; did you mean 'train'?")]
    [InlineData("fly", "Unknown command 'fly'; 'rubato --help' lists what there is.")]
    [InlineData("--hepl", "Unknown flag '--hepl'; did you mean '--help'?")]
    [InlineData("train --epoch 3", "Unknown flag '--epoch'; did you mean '--epochs'?")]
    [InlineData("train --bacth=3", "Unknown flag '--bacth'; did you mean '--batch'?")]
    [InlineData("train --frobnicate", "Unknown flag '--frobnicate'; 'rubato train --help' lists what there is.")]
    [InlineData("train -q", "Unknown flag '-q'; 'rubato train --help' lists what there is.")]
    [InlineData("train glyphs", "Unexpected word 'glyphs'; values follow their flags, and one with spaces needs quotes.")]
    [InlineData("train --quiet=maybe", "Unexpected word 'maybe'; values follow their flags, and one with spaces needs quotes.")]
    [InlineData("train --lr", "--lr needs a value, for instance --lr 0.1.")]
    [InlineData("train --lr=", "--lr needs a value, for instance --lr 0.1.")]
    [InlineData("train --lr --batch 3", "--lr needs a value, for instance --lr 0.1.")]
    [InlineData("train --lr 1 --lr 2", "--lr is given 2 times; give it once.")]
    [InlineData("train --config", "--config needs a value, for instance --config FILE.yaml.")]
    [InlineData("train @file", "Unexpected word '@file'; values follow their flags, and one with spaces needs quotes.")]
    public void Run_WordsThatCannotBeUsed_OneSentence(string line, string sentence)
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run(line.Split(' ')));
        Assert.Equal($"error: {sentence}{Environment.NewLine}", harness.Error);
        Assert.Empty(harness.Output);
        Assert.Null(harness.Asked);
    }

    [Fact]
    public void Run_SeveralWordsThatCannotBeUsed_AllReported()
    {
        using var harness = new Harness();

        Assert.Equal(2, harness.Run("train", "--epoch", "3", "--lr", "1", "--lr", "2", "--seeed", "4"));
        Assert.Equal(
            """
            error: --lr is given 2 times; give it once.
            error: Unknown flag '--epoch'; did you mean '--epochs'?
            error: Unknown flag '--seeed'; did you mean '--seed'?

            """,
            harness.Error);
    }

    [Fact]
    public void Run_Version_NameAndNumber()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("--version"));
        Assert.Matches(@"^rubato \d+\.\d+\.\d+\n$", harness.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public void Run_NothingAsked_HelpWithAFirstExample(params string[] args)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(args));
        Assert.Contains("Start here:\n  rubato train ", harness.Output, StringComparison.Ordinal);
        Assert.Empty(harness.Error);
    }

    [Fact]
    public void Run_InputThatTheRunRefuses_AllFindingsAndExitCode2()
    {
        using var harness = new Harness { Script = (_, _, _, _) => throw new InvalidInputException(["first.", "second."]) };

        Assert.Equal(2, harness.Run("train"));
        Assert.Equal($"error: first.{Environment.NewLine}error: second.{Environment.NewLine}", harness.Error);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Run_UnforeseenException_OneSentenceOrDetails(bool flag, bool environment)
    {
        using var harness = new Harness
        {
            Verbose = environment,
            Script = (_, _, _, _) => throw new AggregateException(new InvalidOperationException("\n  out of luck.\nstack of another language")),
        };

        Assert.Equal(1, harness.Run(flag ? ["train", "--verbose"] : ["train"]));
        if (flag || environment)
        {
            Assert.Contains("stack of another language", harness.Error, StringComparison.Ordinal);
            Assert.Contains("   at ", harness.Error, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal($"error: out of luck (InvalidOperationException; --verbose shows the details).{Environment.NewLine}", harness.Error);
        }
    }

    [Fact]
    public void Run_CancelledBeforeTheRunBegan_ExitCode130()
    {
        using var harness = new Harness { Script = (_, _, _, _) => throw new OperationCanceledException() };

        // A cancellation that nobody asked for is a failure like any other.
        Assert.Equal(1, harness.Run("train"));
        harness.Interruption.Receive(PosixSignal.SIGINT);
        Assert.Equal(130, harness.Run("train"));
        Assert.EndsWith($"error: interrupted before the work began.{Environment.NewLine}", harness.Error, StringComparison.Ordinal);
    }
}
