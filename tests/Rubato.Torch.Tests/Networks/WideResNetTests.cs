using Rubato.Torch.Networks;

namespace Rubato.Torch.Tests.Networks;

public sealed class WideResNetTests
{
    [Fact]
    public void StateTensors_Names_AreTheUsual()
    {
        using var layer = NetworkCatalog.Parse("wrn-16-2").Build(new(3, 32, 32, 10));
        List<string> expected = ["conv1.weight"];
        for (var stage = 1; stage <= 3; stage++)
        {
            for (var block = 0; block < 2; block++)
            {
                var prefix = $"block{stage}.layer.{block}.";
                expected.AddRange([.. Norm($"{prefix}bn1"), $"{prefix}conv1.weight", .. Norm($"{prefix}bn2"), $"{prefix}conv2.weight"]);
                if (block == 0)
                {
                    expected.Add($"{prefix}convShortcut.weight");
                }
            }
        }

        expected.AddRange([.. Norm("bn1"), "fc.weight", "fc.bias"]);
        Assert.Equal(expected, layer.StateTensors().Select(entry => entry.Key));
    }

    [Fact]
    public void Build_WidthOne_HasNoShortcutConvolutionInTheFirstStage()
    {
        using var layer = NetworkCatalog.Parse("wrn-10-1").Build(new(3, 8, 8, 10));
        Assert.Equal(
            ["block2.layer.0.convShortcut.weight", "block3.layer.0.convShortcut.weight"],
            layer.NamedParameters().Select(parameter => parameter.Key).Where(name => name.Contains("Shortcut", StringComparison.Ordinal)));
    }

    [Fact]
    public void Build_LastBias_IsZero()
    {
        using var layer = NetworkCatalog.Parse("wrn-10-1").Build(new(3, 8, 8, 10));
        Assert.Equal(new double[10], Numbers.Values(layer.StateTensors().ToDictionary()["fc.bias"]));
    }

    private static IEnumerable<string> Norm(string name) =>
        [$"{name}.weight", $"{name}.bias", $"{name}.running_mean", $"{name}.running_var", $"{name}.num_batches_tracked"];
}
