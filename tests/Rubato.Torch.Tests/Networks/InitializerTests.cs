using Rubato.Torch.Networks;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Networks;

public sealed class InitializerTests
{
    [Fact]
    public void Gaussian_ManyDraws_HasTheMoments()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(1);
        var weight = empty(200, 100);
        Initializer.Gaussian(weight, 0.01);
        var values = Numbers.Values(weight);
        CheckMoments(values, 0.01);
        // 68.3 % of a normal distribution lie within one deviation.
        Assert.InRange(values.Count(value => Math.Abs(value) < 0.01) / 20_000.0, 0.67, 0.70);
    }

    [Fact]
    public void HeFanOut_ManyDraws_HasTheDeviationOfTheOutputs()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(1);
        var weight = empty(64, 32, 3, 3);
        Initializer.HeFanOut(weight);
        // fanOut = 64 * 9
        CheckMoments(Numbers.Values(weight), Math.Sqrt(2.0 / 576));
    }

    [Fact]
    public void All_OfATrainedTensor_StayOutOfTheGraph()
    {
        using var scope = NewDisposeScope();
        var weight = ones([2, 2, 1, 1], requires_grad: true);
        Initializer.HeFanOut(weight);
        Initializer.Zeros(weight);
        Assert.True(weight is { is_leaf: true, requires_grad: true });
        Assert.Equal(new double[4], Numbers.Values(weight));
    }

    private static void CheckMoments(double[] values, double deviation)
    {
        var mean = values.Average();
        var measured = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        // Five standard errors.
        Assert.InRange(mean, -5 * deviation / Math.Sqrt(values.Length), 5 * deviation / Math.Sqrt(values.Length));
        Assert.InRange(measured / deviation, 1 - (5 / Math.Sqrt(2.0 * values.Length)), 1 + (5 / Math.Sqrt(2.0 * values.Length)));
    }
}
