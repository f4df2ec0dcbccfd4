using Rubato.Plans;
using Rubato.Torch.Layers;
using Rubato.Torch.Losses;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Networks;

public sealed class NetworkCatalogTests
{
    private static readonly InputShape Small = new(3, 8, 8, 10);

    /// <summary>Every network passes every test below: a newcomer adds one row.</summary>
    public static TheoryData<NetworkCase> Networks =>
    [
        // linear: in * out + out
        new NetworkCase("mlp", new(1, 28, 28, 10), (784 * 256) + 256 + (256 * 128) + 128 + (128 * 10) + 10),
        new NetworkCase("mlp(30, norm: batch)", new(7, 1, 1, 2), (7 * 30) + 30 + (2 * 30) + (30 * 2) + 2),
        new NetworkCase("mlp(20, 20, dropout: 0.1)", new(7, 1, 1, 3), (7 * 20) + 20 + (20 * 20) + 20 + (20 * 3) + 3),
        // 3x3 convolutions without bias, normalizations with two numbers a channel, one linear layer
        new NetworkCase("convnet", new(1, 28, 28, 10), (9 * ((1 * 16) + (16 * 32) + (32 * 64))) + (2 * (16 + 32 + 64)) + (64 * 10) + 10),
        new NetworkCase("convnet(8, 16, norm: none, dropout: 0.1)", Small, (9 * 3 * 8) + 8 + (9 * 8 * 16) + 16 + (16 * 10) + 10),
        // 5x5 convolutions; three poolings leave 4x4 of 32x32 pixels
        new NetworkCase("cifar10-quick", new(3, 32, 32, 10), (25 * 3 * 32) + 32 + (25 * 32 * 32) + 32 + (25 * 32 * 64) + 64 + (1024 * 64) + 64 + (64 * 10) + 10),
        new NetworkCase("cifar10-quick(norm: batch)", new(3, 32, 32, 10), (25 * ((3 * 32) + (32 * 32) + (32 * 64))) + (2 * (32 + 32 + 64)) + (1024 * 64) + 64 + (64 * 10) + 10),
        new NetworkCase("cifar10-full", new(3, 32, 32, 10), (25 * 3 * 32) + 32 + (25 * 32 * 32) + 32 + (25 * 32 * 64) + 64 + (1024 * 10) + 10),
        new NetworkCase("resnet-20", new(3, 32, 32, 10), ResNet(3)),
        new NetworkCase("resnet-32", new(3, 32, 32, 10), ResNet(5)),
        new NetworkCase("resnet-44", new(3, 32, 32, 10), ResNet(7)),
        new NetworkCase("resnet-56", new(3, 32, 32, 10), ResNet(9)),
        new NetworkCase("resnet-110", new(3, 32, 32, 10), ResNet(18)),
        new NetworkCase("wrn-16-4", new(3, 32, 32, 10), Wide(2, 4)),
        new NetworkCase("wrn-10-1(dropout: 0.1)", new(3, 32, 32, 10), Wide(1, 1)),
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_Parameters_AreAsManyAsTheArithmeticSays(NetworkCase network)
    {
        using var layer = NetworkCatalog.Parse(network.Text).Build(network.Input);
        Assert.Equal(network.Parameters, layer.NamedParameters().Sum(parameter => parameter.Value.Value.ElementCount));
    }

    [Fact]
    public void Build_Parameters_AreTheNumbersOfThePapers()
    {
        // What is written of these networks elsewhere, so that the arithmetic above is checked too.
        Assert.Equal(269_722, ResNet(3));
        Assert.InRange(ResNet(5), 460_000, 470_000);
        Assert.InRange(ResNet(9), 850_000, 860_000);
        Assert.InRange(ResNet(18), 1_700_000, 1_735_000);
        Assert.InRange(Wide(2, 4), 2_740_000, 2_760_000);
        Assert.InRange(Wide(4, 10), 36_400_000, 36_600_000);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_ABatch_GivesOneNumberAClass(NetworkCase network)
    {
        using var scope = TensorScope.Begin();
        using var pause = Autograd.NoGrad();
        using var layer = NetworkCatalog.Parse(network.Text).Build(network.Input);
        foreach (var mode in Enum.GetValues<ForwardMode>())
        {
            Assert.Equal([2L, network.Input.Classes], layer.Forward(Inputs(network.Input, 2), mode).Shape);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_Evaluation_DoesNotDependOnTheOtherSamplesNorOnChance(NetworkCase network)
    {
        using var scope = TensorScope.Begin();
        using var pause = Autograd.NoGrad();
        using var layer = Trained(network);
        var input = Inputs(network.InSmall, 4);
        var together = Numbers.Values(layer.Forward(input, ForwardMode.Evaluation));
        Assert.Equal(together, Numbers.Values(layer.Forward(input, ForwardMode.Evaluation)));
        double[] alone = [.. Enumerable.Range(0, 4).SelectMany(i => Numbers.Values(layer.Forward(Ops.Slice(input, 0, i, i + 1), ForwardMode.Evaluation)))];
        Numbers.Close(together, alone, 1e-4, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_ChannelsLast_IsTheSame(NetworkCase network)
    {
        using var scope = TensorScope.Begin();
        using var pause = Autograd.NoGrad();
        using var layer = Trained(network);
        var input = Inputs(network.InSmall, 4);
        var contiguous = Numbers.Values(layer.Forward(input, ForwardMode.Evaluation));
        layer.MoveTo(Device.Cpu, MemoryFormat.ChannelsLast);
        var channelsLast = layer.Forward(Ops.Contiguous(input, MemoryFormat.ChannelsLast), ForwardMode.Evaluation);
        Numbers.Close(contiguous, Numbers.Values(channelsLast), 1e-4, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Train_EightSamples_Overfits(NetworkCase network)
    {
        Engine.Seed(3);
        var input = network.InSmall;
        var design = NetworkCatalog.Parse(network.Text);
        using var layer = design.Build(input);
        using var optimizer = new Adam(ParameterGroup.Of(layer), decoupled: true);
        using var outer = TensorScope.Begin();
        var images = Ops.Multiply(Inputs(input, 8), design.WantsRawPixels ? 128 : 1);
        var labels = Ops.From<long>([.. Enumerable.Range(0, 8).Select(i => (long)i % input.Classes)], [8]);
        var (first, last) = (double.NaN, double.NaN);
        var step = 0;
        for (; step < 120 && !(last < 0.1); step++)
        {
            using var scope = TensorScope.Begin();
            var loss = new CrossEntropy().Of(layer.Forward(images, ForwardMode.Training), labels);
            loss.Backward();
            optimizer.TakeGradients();
            optimizer.Step(new HyperParameters(design.WantsRawPixels ? 0.002 : 0.01, 8, 0.9, 0));
            last = loss.Item();
            first = step == 0 ? last : first;
        }

        Assert.True(last < 0.1, $"after {step} steps the loss went from {first} to {last}");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_SameSeed_SameWeights(NetworkCase network)
    {
        Engine.Seed(11);
        using var first = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        Engine.Seed(11);
        using var second = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        Engine.Seed(12);
        using var third = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        using var scope = TensorScope.Begin();
        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(third));
    }

    [Theory]
    [InlineData("mlp(8, 6, norm: batch)")]
    [InlineData("convnet")]
    [InlineData("cifar10-quick")]
    [InlineData("cifar10-full")]
    [InlineData("resnet-20")]
    [InlineData("wrn-16-2")]
    public void Forward_Golden_AgreesWithTorch(string text)
    {
        using var scope = TensorScope.Begin();
        using var pause = Autograd.NoGrad();
        using var layer = NetworkCatalog.Parse(text).Build(new(3, 20, 20, 10));
        var number = 0;
        foreach (var (name, tensor) in layer.StateTensors().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (tensor.ScalarType == ScalarType.Int64)
            {
                continue;
            }

            var shape = tensor.Shape;
            var scale = Math.Sqrt(2.0 / shape[1..].Aggregate(1L, (a, b) => a * b));
            var shift = number++;
            double Value(double wave) => name.EndsWith("running_var", StringComparison.Ordinal) ? 1 + (0.3 * wave)
                : shape.Length > 1 ? wave * scale
                : (name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0) + (0.2 * wave);
            Ops.Copy(tensor, Numbers.Of([.. Wave((int)tensor.ElementCount, 0.7, shift).Select(Value)], shape));
        }

        var output = layer.Forward(Ops.To(Numbers.Of(Wave(2400, 0.37, 0), 2, 3, 20, 20), ScalarType.Float32), ForwardMode.Evaluation);
        var golden = Golden.Cases("networks/forward.json").Single(row => row.GetProperty("network").GetString() == text);
        var expected = golden.Numbers("output");
        Numbers.Close(expected, Numbers.Values(output), 0, 1e-5 * expected.Max(Math.Abs));

        static double[] Wave(int count, double speed, double shift) =>
            [.. Enumerable.Range(1, count).Select(i => Math.Sin((speed * i) + shift))];
    }

    [Theory]
    [InlineData("rsnet-20", "Did you mean 'resnet-20'?")]
    [InlineData("mpl(3)", "Did you mean 'mlp'?")]
    [InlineData("transformer", "'wrn-D-K(dropout: P)'")]
    public void Build_UnknownName_SaysTheForms(string text, string suggestion)
    {
        var name = text.Split('(')[0];
        var message = Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(Small)).Message;
        Assert.Equal(
            $"--network {name} is unknown; there are mlp(SIZE, ..., norm: none|batch, dropout: P); convnet(CHANNELS, ..., norm: batch|none, dropout: P); "
            + "cifar10-quick(norm: none|batch); cifar10-full; resnet-20|32|44|56|110; wrn-D-K(dropout: P)."
            + (suggestion[0] == 'D' ? " " + suggestion : ""),
            message);
    }

    [Theory]
    [InlineData("mlp(0)", "'mlp(0)': a hidden size is 0, but must be a whole number of at least 1.")]
    [InlineData("mlp(norm: layer)", "'mlp(norm: layer)': norm is layer, but must be one of none, batch.")]
    [InlineData("mlp(norm: bacth)", "'mlp(norm: bacth)': norm is bacth, but must be one of none, batch. Did you mean 'batch'?")]
    [InlineData("mlp(dropout: 1)", "'mlp(dropout: 1)': dropout is 1, but must be a number at least 0 and below 1.")]
    [InlineData("mlp(drop: 0.5)", "'mlp(drop: 0.5)': mlp has no option 'drop'; its options are norm, dropout.")]
    [InlineData("convnet(3.5)", "'convnet(3.5)': a number of channels is 3.5, but must be a whole number of at least 1.")]
    [InlineData("resnet-20(3)", "'resnet-20(3)': resnet-20 takes no value '3'; it has no options.")]
    [InlineData("cifar10-full(norm: batch)", "'cifar10-full(norm: batch)': cifar10-full has no option 'norm'; it has no options.")]
    [InlineData("wrn-17-4", "--network wrn-17-4: depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64; e.g. wrn-16-4.")]
    [InlineData("wrn-16-0", "--network wrn-16-0: depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64; e.g. wrn-16-4.")]
    [InlineData("wrn-4-1", "--network wrn-4-1: depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64; e.g. wrn-16-4.")]
    [InlineData("wrn-16-4(dropout: -1)", "'wrn-16-4(dropout: -1)': dropout is -1, but must be a number at least 0 and below 1.")]
    public void Build_WrongOptions_SaysWhat(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(Small)).Message);

    [Theory]
    [InlineData("convnet", 4)]
    [InlineData("convnet(8, 8, 8, 8)", 8)]
    [InlineData("cifar10-quick", 8)]
    [InlineData("cifar10-full", 8)]
    [InlineData("resnet-20", 8)]
    [InlineData("wrn-16-4", 8)]
    public void Build_TooSmallImages_SaysTheSmallestAndThatWorks(string text, int side)
    {
        Assert.Equal(
            $"--network {text} needs images of at least {side}x{side} pixels, but the data has shape (1, {side}, {side - 1}); "
            + "use a network such as mlp(256, 128).",
            Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(new(1, side, side - 1, 2))).Message);
        using var scope = TensorScope.Begin();
        using var layer = NetworkCatalog.Parse(text).Build(new(1, side, side, 2));
        Assert.Equal([3L, 2], layer.Forward(Inputs(new(1, side, side, 2), 3), ForwardMode.Training).Shape);
    }

    [Theory]
    [InlineData(9, 8)]
    [InlineData(15, 11)]
    [InlineData(33, 28)]
    public void Build_ImagesOfOddSides_Fit(int height, int width)
    {
        using var scope = TensorScope.Begin();
        foreach (var text in new[] { "convnet", "cifar10-quick", "cifar10-full", "resnet-20", "wrn-10-1" })
        {
            using var layer = NetworkCatalog.Parse(text).Build(new(2, height, width, 3));
            Assert.Equal([2L, 3], layer.Forward(Inputs(new(2, height, width, 3), 2), ForwardMode.Training).Shape);
        }
    }

    private static int ResNet(int n) =>
        (9 * 3 * 16)
        + (9 * 2 * n * 16 * 16)
        + (9 * 16 * 32) + (9 * ((2 * n) - 1) * 32 * 32)
        + (9 * 32 * 64) + (9 * ((2 * n) - 1) * 64 * 64)
        + (2 * (16 + (2 * n * (16 + 32 + 64))))
        + (64 * 10) + 10;

    private static int Wide(int n, int k)
    {
        var sum = 9 * 3 * 16;
        var width = 16;
        foreach (var outputs in new[] { 16 * k, 32 * k, 64 * k })
        {
            for (var block = 0; block < n; block++)
            {
                sum += (2 * width) + (9 * width * outputs) + (2 * outputs) + (9 * outputs * outputs) + (width == outputs ? 0 : width * outputs);
                width = outputs;
            }
        }

        return sum + (2 * width) + (width * 10) + 10;
    }

    private static Tensor Inputs(InputShape input, long samples) => Numbers.Random32(samples, samples, input.Channels, input.Height, input.Width);

    private static double[] Weights(Layer layer) => [.. layer.NamedParameters().SelectMany(parameter => Numbers.Values(parameter.Value.Value))];

    /// <summary>A network on small images whose running statistics are no longer the initial ones.</summary>
    private static Layer Trained(NetworkCase network)
    {
        Engine.Seed(2);
        var layer = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        using var scope = TensorScope.Begin();
        layer.Forward(Inputs(network.InSmall, 5), ForwardMode.Training);
        return layer;
    }
}
