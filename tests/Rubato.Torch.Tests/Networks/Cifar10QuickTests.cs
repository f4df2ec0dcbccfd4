using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class Cifar10QuickTests
{
    [Theory]
    [InlineData("cifar10-quick", "conv1.weight conv1.bias conv2.weight conv2.bias conv3.weight conv3.bias ip1.weight ip1.bias ip2.weight ip2.bias")]
    [InlineData(
        "cifar10-quick(norm: batch)",
        "conv1.weight bn1.weight bn1.bias conv2.weight bn2.weight bn2.bias conv3.weight bn3.weight bn3.bias ip1.weight ip1.bias ip2.weight ip2.bias")]
    public void NamedParameters_Names_AreCaffes(string text, string names)
    {
        using var layer = NetworkCatalog.Parse(text).Build(new(3, 32, 32, 10));
        Assert.Equal(names.Split(' '), layer.NamedParameters().Select(entry => entry.Key));
    }

    [Fact]
    public void Build_CaffesForm_HasItsFillersMultipliersAndRates()
    {
        Engine.Seed(1);
        var design = NetworkCatalog.Parse("cifar10-quick");
        using var layer = design.Build(new(3, 32, 32, 10));
        Assert.True(design.WantsRawPixels);
        Assert.Equal((0.001, 0.004), (design.UsualSgdRate, design.UsualWeightDecay));
        var parameters = layer.NamedParameters().ToDictionary();
        Assert.All(parameters, entry => Assert.Equal(entry.Key.EndsWith("bias", StringComparison.Ordinal) ? 2 : 1, entry.Value.RateMultiplier));
        Assert.All(parameters, entry => Assert.Equal(1, entry.Value.DecayMultiplier));
        foreach (var (name, deviation) in new[] { ("conv1", 0.0001), ("conv2", 0.01), ("conv3", 0.01), ("ip1", 0.1), ("ip2", 0.1) })
        {
            var values = Numbers.Values(parameters[$"{name}.weight"].Value);
            Assert.InRange(Math.Sqrt(values.Average(value => value * value)) / deviation, 0.9, 1.1);
            Assert.All(Numbers.Values(parameters[$"{name}.bias"].Value), value => Assert.Equal(0, value));
        }
    }
}
