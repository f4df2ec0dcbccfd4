using Rubato.Runs.Weights;
using Rubato.Samples.Tests.TorchSharp;
using Rubato.Torch;
using TrainerSamples;
using static TorchSharp.torch;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class WarmStartTests
{
    [Fact]
    public void Second_FileOfTheFirst_OnlyTheNewHeadIsTrainedAndLearns()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("rubato-").FullName;
        try
        {
            var file = Path.Combine(folder, "rings.safetensors");
            Engine.Seed(11);
            var (train, test) = (Rings.Draw(3_000), Rings.Draw(999));
            using var output = new StringWriter();

            Learned.Right(Learned.OnOneThread(() => WarmStart.First(train, test, file)), atLeast: 0.9);
            var second = Learned.OnOneThread(() => WarmStart.Second(Inner(train), Inner(test), file, output));

            Assert.Equal((64 * 2) + 2, second.Summary.Parameters);
            Learned.Right(second, atLeast: 0.85);
            Assert.Equal(
                $"'{file}' has _head.weight F32 (3, 64) for F32 (2, 64), _head.bias F32 (3) for F32 (2) of the network, which stay as they were.{Environment.NewLine}",
                output.ToString());
            using var stored = SafeTensorsReader.Open(file);
            Assert.Equal(4, stored.Tensors.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Whether a point is in the innermost ring.
    private static ISamples<SupervisedBatch> Inner(ISamples<SupervisedBatch> rings)
    {
        var (points, labels) = rings.Read([.. Enumerable.Range(0, rings.Count)], SampleDraw.Evaluation);
        return global::Rubato.Torch.Samples.Of(points, labels.eq(0).to(ScalarType.Int64));
    }
}
