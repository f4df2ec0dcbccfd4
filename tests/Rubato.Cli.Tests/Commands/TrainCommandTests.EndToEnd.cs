using Rubato.Training;

namespace Rubato.Cli.Tests.Commands;

public sealed partial class TrainCommandTests
{
    [Fact]
    public void Train_FromItsOwnConfiguration_RepeatsTheRun()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            using var harness = new Harness { Script = TrainingSession.Run };
            string[] flags = ["--data", "glyphs(train: 200)", "--network", "mlp(8, norm: batch)", "--optimizer", "adam", "--seed", "5", "--epochs", "2"];

            Assert.Equal(0, harness.Run(["train", .. flags, "--out", folder, "--name", "first"]));
            Assert.Equal(0, harness.Run("train", "--config", Path.Combine(folder, "first", "config.yaml"), "--name", "second"));
            Assert.Equal(0, harness.Run("train", "--config", Path.Combine(folder, "first", "config.yaml"), "--name", "other", "--seed", "6"));

            Assert.Equal(4, StepsWithoutTimes(folder, "first").Length);
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
