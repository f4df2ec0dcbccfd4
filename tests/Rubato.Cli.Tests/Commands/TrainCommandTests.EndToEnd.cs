using Rubato.Training;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class TrainCommandTests
{
    [Theory]
    [InlineData("--epochs|2", 3)]
    [InlineData("--lr|1e-2|--warmup|0.5|--epochs|2.2|--tail|cut|--weight-decay|1e-3", 5)]
    [InlineData(
        "--lr|warmup(cosine(0.01 -> 0), 0.2dur)|--length|6ba|--batch|multi-step(20, gamma 2, at 0.25ep)|--groups|*.bias(weight-decay: 0, lr: 2 * base)", 6)]
    public void Train_FromItsOwnConfiguration_RepeatsTheRun(string plan, int updates)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            using var harness = new Harness { Script = TrainingSession.Run };
            string[] flags =
            [
                "--data", "glyphs(train: 200)", "--network", "mlp(8, norm: batch)", "--optimizer", "adam", "--seed", "5", .. plan.Split('|'),
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

    private static string[] StepsWithoutTimes(string folder, string run) =>
        [.. File.ReadAllLines(Path.Combine(folder, run, "steps.jsonl")).Select(line => line[..line.IndexOf(",\"seconds\"", StringComparison.Ordinal)])];
}
