using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class BatchesTests
{
    [Fact]
    public void GrowInsteadOfDecay_StepsOfTheRate_AreGrowthOfTheBatch()
    {
        var (run, sizes) = Learned.OnOneThread(Batches.GrowInsteadOfDecay);

        Assert.Equal([20, 100, 500], sizes);
        Learned.Right(run, atLeast: 0.9);
        Assert.Equal(0.05, run.PeakLearningRate);
    }

    [Fact]
    public void Adapt_MeasuredNoise_TheBatchGrows()
    {
        var (run, sizes) = Learned.OnOneThread(Batches.Adapt);

        Assert.Equal(20, sizes[0]);
        Assert.InRange(sizes[^1], 40, 500);
        Learned.Right(run, atLeast: 0.85);
    }
}
