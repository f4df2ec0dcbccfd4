using Rubato.Runs.Records;
using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class StoppingTests
{
    [Fact]
    public void Train_HeldOutLossThatFallsNoMore_EndsEarly()
    {
        using var output = new StringWriter();

        var run = Learned.OnOneThread(() => Stopping.Train(output));
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(RunStatus.Interrupted, run.Status);
        Assert.InRange(run.Accuracy!.Value, 0.75, 1);
        Assert.InRange(lines.Length - 1, 6, 99);

        // 10 updates an epoch.
        Assert.Equal(10 * (lines.Length - 1), run.Updates);
        Assert.StartsWith("epoch 1  loss ", lines[0], StringComparison.Ordinal);
        Assert.Equal($"Interrupted after {run.Updates} updates", lines[^1]);
    }
}
