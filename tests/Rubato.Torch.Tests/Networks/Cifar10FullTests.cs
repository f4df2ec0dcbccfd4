using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class Cifar10FullTests
{
    [Fact]
    public void NamedParameters_NamesAndMultipliers_AreCaffes()
    {
        using var layer = NetworkCatalog.Parse("cifar10-full").Build(new(3, 32, 32, 10));
        Assert.Equal(
            [
                ("conv1.weight", 1.0, 1.0), ("conv1.bias", 2.0, 1.0), ("conv2.weight", 1.0, 1.0), ("conv2.bias", 2.0, 1.0),
                ("conv3.weight", 1.0, 1.0), ("conv3.bias", 1.0, 1.0), ("ip1.weight", 1.0, 250.0), ("ip1.bias", 2.0, 0.0),
            ],
            layer.NamedParameters().Select(entry => (entry.Key, entry.Value.RateMultiplier, entry.Value.DecayMultiplier)));
    }
}
