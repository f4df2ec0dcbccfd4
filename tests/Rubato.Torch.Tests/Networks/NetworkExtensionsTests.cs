using Rubato.Cli.Catalog;
using Rubato.Torch.Layers;
using Rubato.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Networks;

public sealed class NetworkExtensionsTests
{
    [Fact]
    public void UseGhostBatch_Network_SetsAllNormalizations()
    {
        using var network = NetworkCatalog.Parse("wrn-10-1").Build(new(3, 8, 8, 2));
        GhostBatchNorm[] normalizations = [.. network.modules().OfType<GhostBatchNorm>()];
        Assert.Equal(7, normalizations.Length);
        Assert.True(network.UseGhostBatch(4));
        Assert.All(normalizations, normalization => Assert.Equal(4, normalization.GhostBatch));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => network.UseGhostBatch(1));
        Assert.True(network.UseGhostBatch(null));
        Assert.All(normalizations, normalization => Assert.Null(normalization.GhostBatch));
    }

    [Fact]
    public void UseGhostBatch_NoNormalization_SaysSo()
    {
        using var normalization = new GhostBatchNorm(2);
        using var linear = nn.Linear(2, 3);
        Assert.True(normalization.UseGhostBatch(2));
        Assert.False(linear.UseGhostBatch(2));
    }

    [Fact]
    public void FreezeLast_Sequence_LastLayerWithParameters()
    {
        using var network = nn.Sequential(nn.Linear(2, 3), new GhostBatchNorm(3), nn.Linear(3, 2), nn.ReLU());
        network.FreezeLast();
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], Trained(network));
    }

    [Theory]
    [InlineData("wrn-10-1")]
    [InlineData("resnet-20")]
    public void FreezeLast_LayersAtSeveralDepths_TheLastOfThem(string text)
    {
        using var network = NetworkCatalog.Parse(text).Build(new(3, 8, 8, 2));
        network.FreezeLast();
        Assert.Equal(["fc.weight", "fc.bias"], network.named_parameters().Select(named => named.name).Except(Trained(network)));
    }

    [Fact]
    public void FreezeLast_StateOfOtherTypes_StaysFrozen()
    {
        using var network = NetworkCatalog.Parse("mlp(4, norm batch)").Build(new(3, 1, 1, 2));
        network.FreezeLast();
        network.to(ScalarType.Float64);
        Assert.Equal(["1.weight", "1.bias", "2.weight", "2.bias"], Trained(network));
    }

    [Fact]
    public void FreezeAffine_Normalizations_StayAtOneAndZero()
    {
        using var network = nn.Sequential(nn.Linear(2, 3), new GhostBatchNorm(3), nn.BatchNorm1d(3), nn.LayerNorm(3), nn.GroupNorm(1, 3));
        using var without = nn.Sequential(nn.Linear(2, 3));
        Assert.True(network.FreezeAffine());
        Assert.False(without.FreezeAffine());
        Assert.Equal(["0.weight", "0.bias"], Trained(network));
    }

    [Theory]
    [InlineData("0.*", "1.weight 1.bias 2.weight 2.bias")]
    [InlineData("*.bias", "0.weight 1.weight 2.weight")]
    [InlineData("*.bias|0.*|0.bias", "1.weight 2.weight")]
    [InlineData("1.weight", "0.weight 0.bias 1.bias 2.weight 2.bias")]
    public void Freeze_Patterns_TheOthersAreTrained(string patterns, string trained)
    {
        using var network = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Linear(3, 2));
        network.Freeze(patterns.Split('|'));
        Assert.Equal(trained.Split(' '), Trained(network));
    }

    [Fact]
    public void Freeze_WhatNothingMatchesOrAll_RefusedAndNothingFrozen()
    {
        using var network = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 2));
        Assert.StartsWith(
            "Freeze: '7.*' matches no parameter of the network; they are 0.weight, ",
            Assert.Throws<InvalidInputException>(() => network.Freeze("0.*", "7.*")).Message,
            StringComparison.Ordinal);
        Assert.Equal(
            "Freeze is '0.*, *', but that leaves no parameter to be trained; freeze fewer.",
            Assert.Throws<InvalidInputException>(() => network.Freeze("0.*", "*")).Message);
        Assert.Equal(4, Trained(network).Count());
    }

    [Fact]
    public void Freeze_WhatIsLeftOfAFrozenNetwork_Refused()
    {
        using var network = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 2));
        network.FreezeLast();
        Assert.Throws<InvalidInputException>(() => network.Freeze("0.*"));
        Assert.Equal(["0.weight", "0.bias"], Trained(network));
    }

    private static IEnumerable<string> Trained(nn.Module network) =>
        network.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name);
}
