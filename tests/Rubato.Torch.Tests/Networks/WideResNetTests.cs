using Rubato.Cli.Catalog;
using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class WideResNetTests
{
    [Fact]
    public void State_Names_AreTheUsual()
    {
        using var network = NetworkCatalog.Parse("wrn-16-2").Build(new(3, 32, 32, 10));
        List<string> parameters = ["conv1.weight"];
        List<string> buffers = [];
        for (var stage = 1; stage <= 3; stage++)
        {
            for (var block = 0; block < 2; block++)
            {
                var prefix = $"block{stage}.layer.{block}.";
                Normalization($"{prefix}bn1");
                parameters.Add($"{prefix}conv1.weight");
                Normalization($"{prefix}bn2");
                parameters.Add($"{prefix}conv2.weight");
                if (block == 0)
                {
                    parameters.Add($"{prefix}convShortcut.weight");
                }
            }
        }

        Normalization("bn1");
        Assert.Equal([.. parameters, "fc.weight", "fc.bias", .. buffers], network.state_dict().Keys);

        void Normalization(string name)
        {
            parameters.AddRange([$"{name}.weight", $"{name}.bias"]);
            buffers.AddRange([$"{name}.running_mean", $"{name}.running_var", $"{name}.num_batches_tracked"]);
        }
    }

    [Fact]
    public void Build_WidthOne_HasNoShortcutConvolutionInTheFirstStage()
    {
        using var network = NetworkCatalog.Parse("wrn-10-1").Build(new(3, 8, 8, 10));
        Assert.Equal(
            ["block2.layer.0.convShortcut.weight", "block3.layer.0.convShortcut.weight"],
            network.named_parameters().Select(named => named.name).Where(name => name.Contains("Shortcut", StringComparison.Ordinal)));
    }

    [Fact]
    public void Build_LastBias_IsZero()
    {
        using var network = NetworkCatalog.Parse("wrn-10-1").Build(new(3, 8, 8, 10));
        Assert.Equal(new double[10], Numbers.Values(network.state_dict()["fc.bias"]));
    }

    [Fact]
    public void Constructor_WrongNumbers_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("depth", () => new WideResNet(new(3, 8, 8, 2), 12, 1));
        Assert.Throws<ArgumentOutOfRangeException>("depth", () => new WideResNet(new(3, 8, 8, 2), 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new WideResNet(new(3, 8, 8, 2), 10, 0));
        Assert.Throws<ArgumentOutOfRangeException>("dropout", () => new WideResNet(new(3, 8, 8, 2), 10, 1, dropout: 1));
    }
}
