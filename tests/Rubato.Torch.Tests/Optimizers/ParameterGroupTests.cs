using Rubato.Cli.Catalog;
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
            groups.Select(group => (group.RateMultiplier, group.DecayMultiplier, group.Parameters.Length)));
        foreach (var group in groups)
        {
            group.Dispose();
        }

        Assert.All(network.state_dict().Values, tensor => Assert.False(tensor.IsInvalid));
    }

    [Fact]
    public void Of_PatternsAndMultipliers_IsOneGroupForEachOfBoth()
    {
        using var network = NetworkCatalog.Parse("cifar10-full").Build(new InputShape(3, 32, 32, 10));
        var groups = ParameterGroup.Of(network, ["ip1.*", "*.bias"]);
        // conv1-3's weights; the biases of conv1 and conv2; conv3's bias; ip1's weight; ip1's bias
        Assert.Equal(
            [(-1, 1.0, 1.0, 3), (1, 2.0, 1.0, 2), (1, 1.0, 1.0, 1), (0, 1.0, 250.0, 1), (0, 2.0, 0.0, 1)],
            groups.Select(group => (group.PlanGroup, group.RateMultiplier, group.DecayMultiplier, group.Parameters.Length)));
        foreach (var group in groups)
        {
            group.Dispose();
        }
    }

    [Fact]
    public void Constructor_PlanGroupBelowMinusOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup([], planGroup: -2));

    [Fact]
    public void Constructor_WithoutParameters_IsRefused() =>
        Assert.StartsWith("A group needs at least one parameter.", Assert.Throws<ArgumentException>(() => new ParameterGroup([])).Message, StringComparison.Ordinal);
}
