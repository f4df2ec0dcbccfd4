using Rubato.Runs.Records;
using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class KeepingTests
{
    [Fact]
    public void Train_SamplesLearnedByHeart_EndsEarlyAndKeepsTheBest()
    {
        using var output = new StringWriter();

        var run = Learned.OnOneThread(() => Keeping.Train(output));

        Assert.Equal((RunStatus.Completed, true), (run.Status, run.StoppedEarly));
        Assert.Equal(run.Summary.Updates, (long)(8 * (run.Best!.Epoch + 20)), 8.0);
        Assert.True(run.Best.ValidationLoss < run.ValidationLoss);
        Assert.InRange(run.Best.TestAccuracy, 0.7, 1);
        Assert.NotNull(run.BestWeights);
        Assert.StartsWith("last: ", output.ToString(), StringComparison.Ordinal);
    }
}
