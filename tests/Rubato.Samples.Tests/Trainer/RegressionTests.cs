using Rubato.Samples.Tests.TorchSharp;
using TrainerSamples;

namespace Rubato.Samples.Tests.Trainer;

[Collection(TorchSharpCollection.Name)]
public sealed class RegressionTests
{
    [Fact]
    public void Train_NoisyCurve_LossNearTheNoise()
    {
        var run = Learned.OnOneThread(Regression.Train);

        Assert.Null(run.Accuracy);

        // The variance of the targets is 0.5.
        Assert.InRange(run.Loss!.Value, 0.7 * Regression.Noise, 3 * Regression.Noise);
    }
}
