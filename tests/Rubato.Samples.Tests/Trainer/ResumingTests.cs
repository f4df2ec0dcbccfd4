using Rubato.Runs.Records;
using Rubato.Samples.Tests.TorchSharp;
using Rubato.Torch;
using TrainerSamples;
using static TorchSharp.torch;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class ResumingTests
{
    [Fact]
    public void Run_InterruptedBeforeItsFirstUpdateOrNever_ComesToTheSame()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("rubato-").FullName;
        try
        {
            Engine.Seed(11);
            var (train, test) = (Rings.Draw(3_000), Rings.Draw(999));
            var (whole, broken) = (Path.Combine(folder, "whole"), Path.Combine(folder, "broken"));

            var expected = Learned.OnOneThread(() => Resuming.Run(train, test, whole, TestContext.Current.CancellationToken));
            var resumed = Learned.OnOneThread(() => Resuming.Run(train, test, broken, new CancellationToken(canceled: true)));

            Learned.Right(resumed, atLeast: 0.85);
            Assert.Equal((RunStatus.Completed, expected.Accuracy, expected.Loss), (resumed.Status, resumed.Accuracy, resumed.Loss));
            Assert.Contains("\"kind\":\"resume\"", File.ReadAllText(Path.Combine(broken, "events.jsonl")), StringComparison.Ordinal);
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(whole, "model.safetensors")), File.ReadAllBytes(Path.Combine(broken, "model.safetensors")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
