using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers.Lengths;

public sealed class LengthMeterTests
{
    // 3^2 + 4^2 before one normalization, 12 times 1 before the other; biases, and what follows, do not count.
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(0.125)]
    public void SquaredLength_HoweverTheWeightsAreScaled_ThatOfTheStart(double factor)
    {
        using var layers = new Sequential([new Linear(1, 2), new BatchNorm(2), new Linear(2, 6), new BatchNorm(6), new Linear(6, 2)]);
        var weights = layers.StateTensors().ToDictionary();
        using (Autograd.NoGrad())
        using (TensorScope.Begin())
        {
            Ops.Copy(weights["0.weight"], Numbers.Of([3, 4], 2, 1));
            Ops.Fill(weights["2.weight"], 1);
        }

        var invariance = ScaleInvariance.Of(layers);
        using var meter = new LengthMeter(invariance);
        Assert.Equal(37, meter.SquaredLength(), 1e-12);
        Assert.Equal(37, meter.SquaredLengthByOperators(), 1e-5);
        invariance.Scale(factor);
        Assert.Equal(37, meter.SquaredLength(), 1e-5);
        Assert.Equal(37, meter.SquaredLengthByOperators(), 1e-5);
    }

    [Fact]
    public void Constructor_NoScaleInvariantWeight_Refused()
    {
        using var layers = new Sequential([new Linear(1, 2)]);
        Assert.Throws<ArgumentException>(() => new LengthMeter(ScaleInvariance.Of(layers)));
    }
}
