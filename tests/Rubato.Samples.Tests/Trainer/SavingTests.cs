using Rubato.Samples.Tests.TorchSharp;
using Rubato.Torch;
using TrainerSamples;
using static TorchSharp.torch;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class SavingTests
{
    [Fact]
    public void Save_Network_PredictsAndGoesOnFromThere()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("rubato-").FullName;
        try
        {
            var file = Path.Combine(folder, "rings.weights");
            Engine.Seed(11);
            var (train, test) = (Rings.Draw(3_000), Rings.Draw(999));
            var (points, labels) = test.Read([.. Enumerable.Range(0, test.Count)], SampleDraw.Evaluation);

            var first = Learned.OnOneThread(() => Saving.TrainAndSave(train, test, file));
            var classes = Saving.Predict(points, file);
            var second = Learned.OnOneThread(() => Saving.GoOn(train, test, file));

            // What was saved is the network that the run measured.
            var right = classes.Zip(labels.data<long>()).Count(pair => pair.First == pair.Second);
            Assert.Equal(first.Accuracy!.Value, right / 999d, 1e-9);
            Learned.Right(first, atLeast: 0.9);

            // 100 updates with a tenth of the rate do not come so far from new weights.
            Assert.Equal(100, second.Updates);
            Assert.InRange(second.PeakLearningRate, 0.00099, 0.001);
            Learned.Right(second, atLeast: first.Accuracy!.Value - 0.02);
            Assert.InRange(second.TrainLoss!.Value, 0, first.TrainLoss!.Value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
