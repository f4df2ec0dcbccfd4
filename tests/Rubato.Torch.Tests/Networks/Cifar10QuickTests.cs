using Rubato.Cli.Catalog;
using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class Cifar10QuickTests
{
    [Theory]
    [InlineData("cifar10-quick", "conv1.weight conv1.bias conv2.weight conv2.bias conv3.weight conv3.bias ip1.weight ip1.bias ip2.weight ip2.bias")]
    [InlineData(
        "cifar10-quick(norm batch)",
        "conv1.weight bn1.weight bn1.bias conv2.weight bn2.weight bn2.bias conv3.weight bn3.weight bn3.bias ip1.weight ip1.bias ip2.weight ip2.bias")]
    public void NamedParameters_Names_AreCaffes(string text, string names)
    {
        using var network = NetworkCatalog.Parse(text).Build(new(3, 32, 32, 10));
        Assert.Equal(names.Split(' '), network.named_parameters().Select(named => named.name));
    }

    [Fact]
    public void Build_CaffesForm_HasItsFillersMultipliersAndRates()
    {
        Engine.Seed(1);
        var design = NetworkCatalog.Parse("cifar10-quick");
        using var network = Assert.IsType<Cifar10Quick>(design.Build(new(3, 32, 32, 10)));
        Assert.True(design.WantsRawPixels);
        Assert.Equal((0.001, 0.004), (design.UsualSgdRate, design.UsualWeightDecay));
        var parameters = network.named_parameters().ToDictionary();
        Assert.All(parameters.Keys, name => Assert.Equal((name.EndsWith("bias", StringComparison.Ordinal) ? 2 : 1, 1), network.MultipliersOf(name)));
        foreach (var (name, deviation) in new[] { ("conv1", 0.0001), ("conv2", 0.01), ("conv3", 0.01), ("ip1", 0.1), ("ip2", 0.1) })
        {
            var values = Numbers.Values(parameters[$"{name}.weight"]);
            Assert.InRange(Math.Sqrt(values.Average(value => value * value)) / deviation, 0.9, 1.1);
            Assert.All(Numbers.Values(parameters[$"{name}.bias"]), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void MultipliersOf_NormalizedForm_AreOne()
    {
        using var network = new Cifar10Quick(new(3, 8, 8, 2), normalize: true);
        Assert.All(network.named_parameters(), named => Assert.Equal((1, 1), network.MultipliersOf(named.name)));
    }
}
