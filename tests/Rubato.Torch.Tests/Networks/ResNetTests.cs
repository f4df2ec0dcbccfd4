using Rubato.Torch.Layers;
using Rubato.Torch.Networks;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Networks;

public sealed class ResNetTests
{
    [Fact]
    public void StateTensors_Names_AreTorchvisions()
    {
        using var layer = NetworkCatalog.Parse("resnet-20").Build(new(3, 32, 32, 10));
        string[] norm = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"];
        List<string> expected = ["conv1.weight", .. norm.Select(name => $"bn1.{name}")];
        for (var stage = 1; stage <= 3; stage++)
        {
            for (var block = 0; block < 3; block++)
            {
                var prefix = $"layer{stage}.{block}.";
                expected.AddRange([$"{prefix}conv1.weight", .. norm.Select(name => $"{prefix}bn1.{name}")]);
                expected.AddRange([$"{prefix}conv2.weight", .. norm.Select(name => $"{prefix}bn2.{name}")]);
            }
        }

        expected.AddRange(["fc.weight", "fc.bias"]);
        Assert.Equal(expected, layer.StateTensors().Select(entry => entry.Key));
        Assert.Equal([32L, 16, 3, 3], layer.StateTensors().ToDictionary()["layer2.0.conv1.weight"].Shape);
    }

    [Fact]
    public void Forward_WithoutBodies_IsTheShortcuts()
    {
        // With the last normalizations at zero each block is its shortcut: every second pixel, channels padded on both sides.
        using var scope = TensorScope.Begin();
        using var layer = NetworkCatalog.Parse("resnet-20").Build(new(1, 8, 8, 2));
        var state = layer.StateTensors().ToDictionary();
        foreach (var (name, tensor) in state)
        {
            if (name.EndsWith("bn2.weight", StringComparison.Ordinal))
            {
                Ops.Fill(Ops.Detach(tensor), 0);
            }
        }

        // conv1: channel 0 is the image, the others are 0.
        var first = new double[16 * 9];
        first[4] = 1;
        Ops.Copy(Ops.Detach(state["conv1.weight"]), Numbers.Of(first, 16, 1, 3, 3));
        // fc: class 0 is channel 24, where channel 0 has moved: 8 places, then 16.
        var last = new double[2 * 64];
        last[24] = 1;
        Ops.Copy(Ops.Detach(state["fc.weight"]), Numbers.Of(last, 2, 64));
        Ops.Fill(Ops.Detach(state["fc.bias"]), 0);
        double[] image = [.. Numbers.Draw(1, 64).Select(Math.Abs)];
        var output = Numbers.Values(layer.Forward(Ops.To(Numbers.Of(image, 1, 1, 8, 8), ScalarType.Float32), ForwardMode.Evaluation));
        // Pixels (0 or 4, 0 or 4) are left.
        Numbers.Close([(image[0] + image[4] + image[32] + image[36]) / 4 / Math.Sqrt(1 + 1e-5), 0], output, 1e-5, 1e-6);
    }

    [Theory]
    [InlineData("resnet-18")]
    [InlineData("resnet-")]
    [InlineData("resnet-020")]
    [InlineData("Resnet-20")]
    public void Build_OtherDepths_AreUnknown(string text) =>
        Assert.StartsWith($"--network {text}", Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(new(3, 32, 32, 10))).Message, StringComparison.Ordinal);
}
