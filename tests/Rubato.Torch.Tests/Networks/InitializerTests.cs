using Rubato.Torch.Layers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers;

public sealed class InitializerTests
{
    [Fact]
    public void TorchDefault_ManyDraws_HasBoundsAndMomentsOfTheUniform()
    {
        using var scope = TensorScope.Begin();
        Engine.Seed(1);
        var values = Numbers.Values(Initializer.TorchDefault(25, 200, 100));
        Assert.All(values, value => Assert.InRange(value, -0.2, 0.2));
        Assert.True(values.Max() > 0.199 && values.Min() < -0.199);
        CheckMoments(values, 0.2 / Math.Sqrt(3));
    }

    [Fact]
    public void Gaussian_ManyDraws_HasTheMoments()
    {
        using var scope = TensorScope.Begin();
        Engine.Seed(1);
        var values = Numbers.Values(Initializer.Gaussian(0.01, 200, 100));
        CheckMoments(values, 0.01);
        // 68.3 % of a normal distribution lie within one deviation.
        Assert.InRange(values.Count(value => Math.Abs(value) < 0.01) / 20_000.0, 0.67, 0.70);
    }

    [Fact]
    public void HeFanOut_ManyDraws_HasTheDeviationOfTheOutputs()
    {
        using var scope = TensorScope.Begin();
        Engine.Seed(1);
        // fanOut = 64 * 9
        CheckMoments(Numbers.Values(Initializer.HeFanOut(64, 32, 3, 3)), Math.Sqrt(2.0 / 576));
    }

    [Fact]
    public void LayerConstructors_SameSeed_DrawWhatTorchDraws()
    {
        using var scope = TensorScope.Begin();
        var golden = Golden.Read("layers/initial-weights.json");
        Engine.Seed(golden.GetProperty("seed").GetInt64());
        using var first = new Linear(6, 5);
        using var second = new Conv2d(2, 3, 3);
        using var third = new Conv2d(3, 2, 5, bias: false);
        using var fourth = new Linear(40, 3);
        Layer[] layers = [first, second, third, fourth];
        var rows = golden.GetProperty("parameters").EnumerateArray().ToArray();
        Assert.Equal(
            rows.Select(row => (row.GetProperty("layer").GetInt32(), row.GetProperty("name").GetString())),
            layers.SelectMany((layer, i) => layer.NamedParameters().Select(parameter => (i, (string?)parameter.Key))));
        foreach (var (row, parameter) in rows.Zip(layers.SelectMany(layer => layer.NamedParameters())))
        {
            Assert.Equal(row.Integers("shape"), parameter.Value.Value.Shape);
            Numbers.Close(row.Numbers("values"), Numbers.Values(parameter.Value.Value), 0, 1e-7);
        }
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
