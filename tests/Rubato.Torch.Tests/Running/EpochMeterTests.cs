using Rubato.Torch.Running;

namespace Rubato.Torch.Tests.Running;

public sealed class EpochMeterTests
{
    [Fact]
    public void MeanLoss_UnequalBatches_IsWeightedBySamples()
    {
        var meter = new EpochMeter();
        Assert.True(double.IsNaN(meter.MeanLoss));
        meter.Add(Seen(loss: 1, batch: 30, rate: 0.1));
        meter.Add(Seen(loss: 5, batch: 10, rate: 0.3));
        meter.Add(Seen(loss: 2, batch: 40, rate: 0.2));
        Assert.Equal((30 + 50 + 80) / 80.0, meter.MeanLoss);
        meter.Reset();
        Assert.True(double.IsNaN(meter.MeanLoss));
        Assert.Equal(0.3, meter.PeakLearningRate);
    }

    private static Observation Seen(double loss, long batch, double rate) => new(default, new HyperParameters(rate, batch, 0, 0), loss, 1);
}
