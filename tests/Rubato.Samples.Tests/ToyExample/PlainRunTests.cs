using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class PlainRunTests
{
    private static readonly double[] Start = [1, 2];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0.25)]
    public void Update_RateHalf_TakesHalfOfGradientAndDecay(bool decays, double decay)
    {
        var settings = new ToySettings { Features = 2, BatchSize = 4, LearningRate = 0.5, WeightDecay = 0.25, Updates = 10 };
        var (layer, batch, gradient) = (new LastLayer(isNormalized: false, 4), new ToyBatch(4, 2), new double[2]);
        var run = new PlainRun(settings.Plan(decays), layer, Start);
        batch.Draw(seed: 0, update: 0);
        layer.Gradient(batch, Start, gradient);
        run.Update(batch, samples: 0);

        Assert.Equal([1 - (0.5 * (gradient[0] + decay)), 2 - (0.5 * (gradient[1] + (2 * decay)))], run.Weights.ToArray());
    }
}
