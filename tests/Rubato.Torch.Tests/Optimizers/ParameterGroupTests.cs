using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class ParameterGroupTests
{
    [Fact]
    public void Of_CaffesFullNetwork_IsOneGroupForEachPairOfMultipliers()
    {
        using var network = NetworkCatalog.Parse("cifar10-full").Build(new InputShape(3, 32, 32, 10));
        var groups = ParameterGroup.Of(network);
        // conv weights and conv3's bias; the biases of conv1 and conv2; ip1's weight; ip1's bias
        Assert.Equal(
            [(1.0, 1.0, 4), (2.0, 1.0, 2), (1.0, 250.0, 1), (2.0, 0.0, 1)],
            groups.Select(group => (group.RateMultiplier, group.DecayMultiplier, group.Parameters.Count)));
        foreach (var group in groups)
        {
            group.Dispose();
        }

        Assert.All(network.StateTensors(), entry => Assert.False(entry.Value.IsClosed));
    }

    [Fact]
    public void Constructor_WithoutParameters_IsRefused() =>
        Assert.StartsWith("A group needs at least one parameter.", Assert.Throws<ArgumentException>(() => new ParameterGroup([])).Message, StringComparison.Ordinal);
}
