using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class Cifar10FullTests
{
    [Fact]
    public void MultipliersOf_EachParameter_AreCaffes()
    {
        using var network = new Cifar10Full(new(3, 32, 32, 10));
        Assert.Equal(
            [
                ("conv1.weight", 1.0, 1.0), ("conv1.bias", 2.0, 1.0), ("conv2.weight", 1.0, 1.0), ("conv2.bias", 2.0, 1.0),
                ("conv3.weight", 1.0, 1.0), ("conv3.bias", 1.0, 1.0), ("ip1.weight", 1.0, 250.0), ("ip1.bias", 2.0, 0.0),
            ],
            network.named_parameters().Select(named => (named.name, network.MultipliersOf(named.name).Rate, network.MultipliersOf(named.name).Decay)));
    }
}
