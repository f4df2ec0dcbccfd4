using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class PlanCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rubato-").FullName;

    public static TheoryData<string, string[]> Approved => new()
    {
        { "one-cycle", ["one-cycle(0.1)", "--momentum", "one-cycle-momentum(0.85..0.95)"] },
        { "sgdr", ["sgdr(0.1 -> 0, first 2ep, mult 2)"] },
        { "growing-batch", ["--lr", "cosine(0.1 -> 0)", "--batch", "multi-step(128, gamma 5, at 10ep 20ep)"] },
        { "grow-batch", ["multi-step(0.1, gamma 0.2, at 10ep 20ep)", "--rewrite", "grow-batch"] },
        { "texp", ["multi-step(0.1, gamma 0.1, at 10ep 20ep)", "--weight-decay", "5e-4", "--tail", "cut", "--rewrite", "texp"] },
        { "comparison", ["sgdr(0.1 -> 0, first 2ep, mult 2)", "multi-step(0.1, gamma 0.2, at 10ep 20ep)"] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Approved))]
    public void Plan_Schedules_ApprovedText(string name, string[] words)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(["plan", .. words, "--length", "30ep", "--data-size", "50000"]));
        Assert.Empty(harness.Error);
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"Commands/plan-{name}.approved.txt")), Trimmed(harness.Output));
    }

    [Fact]
    public void Plan_Validation_AnEpochIsAPassOverWhatIsTrainedOn()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "0.1", "--data", "glyphs(train 200)", "--validation", "0.1", "--length", "1ep", "--batch", "20"));
        Assert.Contains("1 epoch, 180 samples", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Csv_TheUpdatesOfThePlan()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "plan.csv");

        Assert.Equal(0, harness.Run("plan", "cosine(0.1 -> 0)", "--length", "3ep", "--data-size", "1000", "--batch", "multi-step(10, gamma 2, at 1ep)", "--csv", path));
        Assert.EndsWith($"written: {path}\n", harness.Output, StringComparison.Ordinal);
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(3),
            SamplesPerEpoch = 1000,
            LearningRate = Schedule.Parse("cosine(0.1 -> 0)"),
            BatchSize = Schedule.Parse("multi-step(10, gamma 2, at 1ep)"),
            Momentum = 0.9,
        });
        Assert.Equal(
            plan.EnumerateUpdates().Select(update => string.Create(
                CultureInfo.InvariantCulture,
                $"{update.Step},{update.End / 1000.0},{update.End},{update.HyperParameters.LearningRate},{update.HyperParameters.BatchSize},0.9,0")),
            File.ReadAllLines(path).Skip(1));
    }

    [Fact]
    public void Plan_EveryThousandth_AndTheLast()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "plan.csv");

        Assert.Equal(0, harness.Run("plan", "0.1", "--length", "2500ba", "--csv", path, "--every", "1000"));
        Assert.Equal(["step", "1000", "2000", "2500"], File.ReadAllLines(path).Select(line => line.Split(',')[0]));
    }

    [Fact]
    public void Plan_Json_IsReadBackAsPlan()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "warm.json");

        Assert.Equal(0, harness.Run("plan", "--lr", "0.1", "--warmup", "0.2", "--length", "2ep", "--data-size", "1000", "--tail", "cut", "--json", path));
        Assert.Equal("warmup(cosine(0.1 -> 0), 0.2dur, from 0.04)", PlanJson.Read(File.ReadAllText(path)).LearningRate.ToString());

        using var again = new Harness();
        Assert.Equal(0, again.Run("plan", path, "cosine(0.1 -> 0)", "--length", "1ep", "--data-size", "1000"));
        Assert.Contains("1 warm\n2 cosine(0.1 -> 0)\n", again.Output, StringComparison.Ordinal);
        Assert.Contains(
            """
            plan  updates  samples  peak rate  largest batch  final rate
               1       16    2,000
            """,
            again.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FileWithoutDataSize_TakesThatOfTheFlag()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "plan.json");
        File.WriteAllText(path, """{"version": 1, "length": "2ep", "learning_rate": 0.1, "batch_size": 10}""");

        Assert.Equal(0, harness.Run("plan", path, "--data-size", "100"));
        Assert.Contains("\nupdates        20 (10 an epoch)\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Svg_DrawsEveryPlan()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "plan.svg");

        Assert.Equal(0, harness.Run("plan", "cosine(0.1 -> 0)", "linear(0.1 -> 0)", "--length", "100ba", "--svg", path));
        var svg = File.ReadAllText(path);
        Assert.Contains(">cosine(0.1 -&gt; 0)<", svg, StringComparison.Ordinal);
        Assert.Contains(">linear(0.1 -&gt; 0)<", svg, StringComparison.Ordinal);
        Assert.Contains(">updates<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Configuration_ItsPlanWithFlagsAboveIt()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "run.yaml");
        File.WriteAllText(path, "lr: 0.2\nwarmup: 0\nepochs: 4\nbatch: 64\nnetwork: mlp\noptimizer: adam\n");

        Assert.Equal(0, harness.Run("plan", "--config", path, "--data-size", "6400", "--length", "2ep", "--momentum", "0.8"));
        Assert.Contains(
            """
            length         2 epochs, 12,800 samples
            updates        200 (100 an epoch)
            learning rate  highest 0.2 at update 1 (epoch 0.01);
            """,
            harness.Output,
            StringComparison.Ordinal);
        Assert.Contains("\nmomentum       0.8\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ConfigurationWithAWarmup_GivenUpForAScheduleOfThePlan()
    {
        using var harness = new Harness();
        var path = Path.Combine(_folder, "run.yaml");
        File.WriteAllText(path, "lr: 0.2\nwarmup: 0.3\n");

        Assert.Equal(0, harness.Run("plan", "cosine(1 -> 0)", "--config", path, "--data-size", "6400"));
        Assert.Contains("\nlearning rate  highest 1 at update 1 ", harness.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lr|auto", "highest 1 at update 21")]
    [InlineData("auto", "highest 1 at update 21")]
    [InlineData("--lr|auto|--warmup|0", "highest 1 at update 1;")]
    [InlineData("--lr| auto*cosine(0.5 -> 0) ", "highest 0.5 at update 1;")]
    public void Plan_RateToBeFound_ItsShapeAndANote(string words, string highest)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(["plan", .. words.Split('|'), "--length", "100ba"]));
        Assert.Contains($"\nlearning rate  {highest}", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "\nnote: the learning rate of auto is a share of the rate that is found when training begins, over what finding it leaves of the budget.\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lr|one-cycle", "highest 1 at update 31")]
    [InlineData("one-cycle", "highest 1 at update 31")]
    [InlineData("--lr|clr(triangular, cycles 2)", "highest 1 at update 26;")]
    public void Plan_BoundsToBeFound_SharesOfTheMaximumAndANote(string words, string highest)
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run(["plan", .. words.Split('|'), "--length", "100ba"]));
        Assert.Contains($"\nlearning rate  {highest}", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "\nnote: the learning rate is a share of the maximum that a range test finds when training begins; its base is drawn as a quarter of it.\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_RateToBeFoundBesideAnother_ItsNameSaysSo()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "auto", "auto * cosine(1 -> 0)", "linear(1 -> 0)", "--length", "100ba"));
        Assert.Contains(
            "1 auto * (linear(0.04 -> 1, 0.2dur) then linear(1 -> 0))\n2 auto * (cosine(1 -> 0))\n3 linear(1 -> 0)\n", harness.Output, StringComparison.Ordinal);
        Assert.Contains("\nnote: ", harness.Output, StringComparison.Ordinal);

        using var known = new Harness();
        Assert.Equal(0, known.Run("plan", "linear(1 -> 0)", "--length", "100ba"));
        Assert.DoesNotContain("note: ", known.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Polyak_InSharesOfItsRate()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "polyak", "polyak(2) * cosine(1 -> 0)", "--length", "100ba"));
        Assert.Contains("1 polyak * (linear(0.04 -> 1, 0.2dur) then linear(1 -> 0))\n2 polyak(2) * (cosine(1 -> 0))\n", harness.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "\nnote: the learning rate of polyak is a share of the rate that follows from loss and gradient while training goes on.\n",
            harness.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Data_ItsTrainingSetIsCounted()
    {
        using var harness = new Harness();

        Assert.Equal(0, harness.Run("plan", "0.1", "--data", "glyphs(train 300, test 10)", "--epochs", "2", "--batch", "100"));
        Assert.Contains("\nlength         2 epochs, 600 samples\nupdates        6 (3 an epoch)\n", harness.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_InterruptedTable_NoFileAndExitCode130()
    {
        using var harness = new Harness();
        harness.Interruption.Receive(PosixSignal.SIGINT);
        var path = Path.Combine(_folder, "plan.csv");

        Assert.Equal(130, harness.Run("plan", "0.1", "--length", "5000ba", "--csv", path));
        Assert.Equal($"interrupted; the file in progress was not written{Environment.NewLine}", harness.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Plan_TerminalWithoutUnicode_PlainCharacters()
    {
        using var harness = new Harness();
        harness.Console.Profile.Capabilities.Unicode = false;

        Assert.Equal(0, harness.Run("plan", "linear(0.1 -> 0)", "cosine(0.1 -> 0)", "--length", "300ba"));
        Assert.All(harness.Output, character => Assert.InRange(character, '\n', '~'));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(120)]
    public void Plan_TerminalOfAnyWidth_IsFilledButForItsLastColumn(int width)
    {
        using var harness = new Harness();
        harness.Console.Profile.Width = width;

        Assert.Equal(0, harness.Run("plan", "linear(0.1 -> 0)", "--length", "300ba"));
        Assert.Equal(width - 1, harness.Output.Split('\n').TakeWhile(line => line.Length > 0).Max(line => line.Length));
    }

    [Theory]
    [InlineData(true, "\u001b[38;5;39m1 ", "\u001b[38;5;214m2 ")]
    [InlineData(false, "1 linear", "2 warmup")]
    public void Plan_Colours_OnATerminalOnly(bool isTerminal, string first, string second)
    {
        using var harness = new Harness { IsTerminal = isTerminal };
        harness.Console.Profile.Capabilities.Ansi = true;
        harness.Console.EmitAnsiSequences = true;
        harness.Console.Profile.Capabilities.ColorSystem = ColorSystem.EightBit;

        Assert.Equal(0, harness.Run("plan", "linear(0.1 -> 0)", "0.05", "--length", "300ba"));
        Assert.Contains(first, harness.Output, StringComparison.Ordinal);
        Assert.Contains(second, harness.Output, StringComparison.Ordinal);
    }

    // Blanks at the ends of lines are the console library's.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
}
