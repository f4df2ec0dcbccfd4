using System.Text.Json;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class TrainCommandTests
{
    // Several add up in any order, and two runs of the same would differ in their last bits.
    private static readonly string[] OneThread = ["--threads", "1"];

    [Theory]
    [InlineData("--lr|usual|--epochs|2", 3)]
    [InlineData("--epochs|2", 3)]
    [InlineData("--lr|auto(free 0)|--epochs|2", 3)]
    [InlineData("--lr|1e-2|--warmup|0.5|--epochs|2.2|--tail|cut|--weight-decay|1e-3", 5)]
    [InlineData(
        "--lr|warmup(cosine(0.01 -> 0), 0.2dur)|--length|6ba|--batch|multi-step(20, gamma 2, at 0.25ep)|--groups|*.bias(weight-decay 0, lr 2 * base)", 6)]
    public void Train_FromItsOwnConfiguration_RepeatsTheRun(string plan, int updates)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            using var harness = new Harness { Script = Sessions.Train };
            string[] flags =
            [
                "--data", "glyphs(train 200)", "--network", "mlp(8, norm batch)", "--optimizer", "adam", "--seed", "5", .. OneThread, .. plan.Split('|'),
            ];

            Assert.Equal(0, harness.Run(["train", .. flags, "--out", folder, "--name", "first"]));
            Assert.Equal(0, harness.Run("train", "--config", Path.Combine(folder, "first", "config.yaml"), "--name", "second"));
            Assert.Equal(0, harness.Run("train", "--config", Path.Combine(folder, "first", "config.yaml"), "--name", "other", "--seed", "6"));

            Assert.Equal(updates, StepsWithoutTimes(folder, "first").Length);
            Assert.Equal(StepsWithoutTimes(folder, "first"), StepsWithoutTimes(folder, "second"));
            Assert.NotEqual(StepsWithoutTimes(folder, "first"), StepsWithoutTimes(folder, "other"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_StopEarly_NamesBothModelsThatAreThere(bool quiet)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            using var harness = new Harness { Script = Sessions.Train };
            string[] flags = ["--data", "glyphs(train 200)", "--network", "mlp(8)", "--lr", "constant(1e-30)", "--epochs", "9", .. OneThread];

            Assert.Equal(
                0,
                harness.Run(["train", .. flags, "--validation", "0.1", "--best", "validation-accuracy", "--stop-early", "2", "--out", folder, "--name", "a", .. quiet ? ["--quiet"] : Array.Empty<string>()]));

            var (run, lines) = (Path.Combine(folder, "a"), harness.Console.Lines);
            var summary = SummaryFile.Read(Path.Combine(run, "summary.json"));
            Assert.Equal((true, 1.0), (summary.StoppedEarly, summary.Best!.Epoch));
            Assert.True(File.Exists(Path.Combine(run, "model.safetensors")) && File.Exists(Path.Combine(run, "best.safetensors")));
            if (quiet)
            {
                Assert.Contains("; best after epoch 1: validation accuracy ", harness.Output, StringComparison.Ordinal);
                Assert.Contains(", best.safetensors; stopped early", harness.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
            }
            else
            {
                Assert.StartsWith("data       glyphs(train 200): 180 training, 20 validation and ", lines[0], StringComparison.Ordinal);
                Assert.Contains("stopped early       no better validation accuracy since epoch 1", lines);
                Assert.Contains(lines, line => line.StartsWith("last model          ", StringComparison.Ordinal));
                Assert.Contains(lines, line => line.StartsWith("best model          ", StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Train_TableOfTheFirstPage_ClassifiesIrises()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        var table = Path.Combine(AppContext.BaseDirectory, "data", "iris.csv");
        try
        {
            using var harness = new Harness { Script = Sessions.Train };
            Assert.Equal(
                0,
                harness.Run(
                    "train", "--data", $"csv:{table}", "--label", "species", "--network", "mlp(16)", "--batch", "16", "--epochs", "50", "--out", folder,
                    "--name", "run"));
            Assert.InRange(SummaryFile.Read(Path.Combine(folder, "run", "summary.json")).TestAccuracy, 0.9, 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Train_ShapeOfARateToBeFound_FromThePeakDown()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            using var harness = new Harness { Script = Sessions.Train };

            Assert.Equal(
                0,
                harness.Run(
                    "train", "--data", "glyphs(train 1000)", "--network", "mlp(16)", "--batch", "32", "--epochs", "6", "--lr", "auto * cosine(1 -> 0)",
                    "--out", folder, "--name", "run"));
            var peak = SummaryFile.Read(Path.Combine(folder, "run", "summary.json")).Rehearsal!.PeakLearningRate;
            var rates = File.ReadLines(Path.Combine(folder, "run", "steps.jsonl")).Select(RateIn).ToList();
            Assert.Equal(peak, rates[0], 1e-12 * peak);
            Assert.Equal(rates.OrderDescending(), rates);
            Assert.InRange(rates[^1], 0, 0.01 * peak);
            var settings = File.ReadAllLines(Path.Combine(folder, "run", "config.yaml"));
            Assert.Contains("lr: \"auto * cosine(1 -> 0)\"", settings);
            Assert.Contains("guard: \"on\"", settings);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static double RateIn(string line)
        {
            using var step = JsonDocument.Parse(line);
            return step.RootElement.GetProperty("learning_rate").GetDouble();
        }
    }

    [Theory]
    [InlineData("auto * ", null, "--lr 'auto * ', column 8: ")]
    [InlineData("auto * cosine(1->)", null, "--lr 'auto * cosine(1->)', column 18: ")]
    [InlineData("auto + 1", null, "--lr 'auto + 1', column 6: ")]
    [InlineData("auto", "1.5", "--warmup is 1.5; it must be at least 0 and below 1, ")]
    [InlineData("auto * cosine(1 -> 0)", "0.1", "--warmup is 0.1, but --lr is 'auto * cosine(1 -> 0)', whose schedule says how it warms up; ")]
    public void Train_WrongRateToBeFound_OneSentenceAndExitCode2(string rate, string? warmup, string start)
    {
        using var harness = new Harness { Script = Sessions.Train };
        string[] more = warmup is null ? [] : ["--warmup", warmup];

        Assert.Equal(2, harness.Run(["train", "--lr", rate, .. more]));
        Assert.StartsWith($"error: {start}", harness.Error, StringComparison.Ordinal);
        Assert.Single(harness.Error.TrimEnd().Split('\n'));
        Assert.Empty(harness.Output);
    }

    private static string[] StepsWithoutTimes(string folder, string run) =>
        [.. File.ReadAllLines(Path.Combine(folder, run, "steps.jsonl")).Select(line => line[..line.IndexOf(",\"seconds\"", StringComparison.Ordinal)])];
}
