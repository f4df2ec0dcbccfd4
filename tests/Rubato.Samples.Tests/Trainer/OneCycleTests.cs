using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class OneCycleTests
{
    [Fact]
    public void Train_AdamWOfTorchSharps_Learns()
    {
        var run = Learned.OnOneThread(OneCycle.Train);

        Learned.Right(run, atLeast: 0.9);
        Assert.Equal("AdamW", run.Summary.Optimizer);
        Assert.Equal(500, run.Updates);
        Assert.InRange(run.PeakLearningRate, 0.0199, 0.02);
    }
}
