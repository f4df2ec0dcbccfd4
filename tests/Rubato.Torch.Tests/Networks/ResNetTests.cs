using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Networks;

public sealed class ResNetTests
{
    [Fact]
    public void State_Names_AreTorchvisions()
    {
        using var network = NetworkCatalog.Parse("resnet-20").Build(new(3, 32, 32, 10));
        string[] norm = ["running_mean", "running_var", "num_batches_tracked"];
        List<string> parameters = ["conv1.weight", "bn1.weight", "bn1.bias"];
        List<string> buffers = [.. norm.Select(name => $"bn1.{name}")];
        for (var stage = 1; stage <= 3; stage++)
        {
            for (var block = 0; block < 3; block++)
            {
                foreach (var half in new[] { 1, 2 })
                {
                    var (conv, bn) = ($"layer{stage}.{block}.conv{half}", $"layer{stage}.{block}.bn{half}");
                    parameters.AddRange([$"{conv}.weight", $"{bn}.weight", $"{bn}.bias"]);
                    buffers.AddRange(norm.Select(name => $"{bn}.{name}"));
                }
            }
        }

        Assert.Equal([.. parameters, "fc.weight", "fc.bias", .. buffers], network.state_dict().Keys);
        Assert.Equal([32L, 16, 3, 3], network.state_dict()["layer2.0.conv1.weight"].shape);
    }

    [Fact]
    public void Forward_WithoutBodies_IsTheShortcuts()
    {
        // With the last normalizations at zero each block is its shortcut: every second pixel, channels padded on both sides.
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        using var network = NetworkCatalog.Parse("resnet-20").Build(new(1, 8, 8, 2));
        network.ConvertTo(ScalarType.Float64);
        network.eval();
        var state = network.state_dict();
        foreach (var (_, weight) in state.Where(entry => entry.Key.EndsWith("bn2.weight", StringComparison.Ordinal)))
        {
            weight.zero_();
        }

        // conv1: channel 0 is the image, the others are 0.
        var first = new double[16 * 9];
        first[4] = 1;
        state["conv1.weight"].copy_(Numbers.Of(first, 16, 1, 3, 3));
        // fc: class 0 is channel 24, where channel 0 has moved: 8 places, then 16.
        var last = new double[2 * 64];
        last[24] = 1;
        state["fc.weight"].copy_(Numbers.Of(last, 2, 64));
        state["fc.bias"].zero_();
        double[] image = [.. Numbers.Draw(1, 64).Select(Math.Abs)];
        var output = Numbers.Values(network.call(Numbers.Of(image, 1, 1, 8, 8)));
        // Pixels (0 or 4, 0 or 4) are left.
        Numbers.Same([(image[0] + image[4] + image[32] + image[36]) / 4 / Math.Sqrt(1 + 1e-5), 0], output);
    }

    [Theory]
    [InlineData("resnet-18")]
    [InlineData("resnet-")]
    [InlineData("resnet-020")]
    [InlineData("Resnet-20")]
    public void Build_OtherDepths_AreUnknown(string text) =>
        Assert.StartsWith($"network is '{text}', which is unknown", Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(new(3, 32, 32, 10))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(18)]
    public void Constructor_OtherDepths_AreRefused(int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(depth), () => new ResNet(new(3, 8, 8, 2), depth));
}
