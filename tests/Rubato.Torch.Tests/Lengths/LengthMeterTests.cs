using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Lengths;

public sealed class LengthMeterTests
{
    // 3^2 + 4^2 before one normalization, 12 times 1 before the other; biases, and what follows, do not count.
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(0.125)]
    public void SquaredLength_HoweverTheWeightsAreScaled_ThatOfTheStart(double factor)
    {
        using var network = nn.Sequential(nn.Linear(1, 2), new GhostBatchNorm(2), nn.Linear(2, 6), new GhostBatchNorm(6), nn.Linear(6, 2));
        network.ConvertTo(ScalarType.Float64);
        var weights = network.state_dict();
        using (no_grad())
        using (NewDisposeScope())
        {
            weights["0.weight"].copy_(Numbers.Of([3, 4], 2, 1));
            weights["2.weight"].fill_(1);
        }

        var invariance = ScaleInvariance.Of(network);
        var meter = new LengthMeter(invariance);
        Assert.Equal(37, meter.SquaredLength(), 1e-12);
        invariance.Scale(factor);
        Assert.Equal(37, meter.SquaredLength(), 1e-12);
    }

    [Fact]
    public void Constructor_NoScaleInvariantWeight_Refused()
    {
        using var network = nn.Sequential(nn.Linear(1, 2));
        Assert.Throws<ArgumentException>(() => new LengthMeter(ScaleInvariance.Of(network)));
    }
}
