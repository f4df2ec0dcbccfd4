using Rubato.Cli.Catalog;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Networks;

public sealed class NetworkCatalogTests
{
    private static readonly InputShape Small = new(3, 8, 8, 10);

    /// <summary>Every network passes every test below: a newcomer adds one row.</summary>
    public static TheoryData<NetworkCase> Networks =>
    [
        // linear: in * out + out
        new NetworkCase("mlp", new(1, 28, 28, 10), (784 * 256) + 256 + (256 * 128) + 128 + (128 * 10) + 10),
        new NetworkCase("mlp(30, norm batch)", new(7, 1, 1, 2), (7 * 30) + 30 + (2 * 30) + (30 * 2) + 2),
        new NetworkCase("mlp(20, 20, dropout 0.1)", new(7, 1, 1, 3), (7 * 20) + 20 + (20 * 20) + 20 + (20 * 3) + 3),
        // 3x3 convolutions without bias, normalizations with two numbers a channel, one linear layer
        new NetworkCase("convnet", new(1, 28, 28, 10), (9 * ((1 * 16) + (16 * 32) + (32 * 64))) + (2 * (16 + 32 + 64)) + (64 * 10) + 10),
        new NetworkCase("convnet(8, 16, norm none, dropout 0.1)", Small, (9 * 3 * 8) + 8 + (9 * 8 * 16) + 16 + (16 * 10) + 10),
        // 5x5 convolutions; three poolings leave 4x4 of 32x32 pixels
        new NetworkCase("cifar10-quick", new(3, 32, 32, 10), (25 * 3 * 32) + 32 + (25 * 32 * 32) + 32 + (25 * 32 * 64) + 64 + (1024 * 64) + 64 + (64 * 10) + 10),
        new NetworkCase("cifar10-quick(norm batch)", new(3, 32, 32, 10), (25 * ((3 * 32) + (32 * 32) + (32 * 64))) + (2 * (32 + 32 + 64)) + (1024 * 64) + 64 + (64 * 10) + 10),
        new NetworkCase("cifar10-full", new(3, 32, 32, 10), (25 * 3 * 32) + 32 + (25 * 32 * 32) + 32 + (25 * 32 * 64) + 64 + (1024 * 10) + 10),
        new NetworkCase("resnet-20", new(3, 32, 32, 10), ResNet(3)),
        new NetworkCase("resnet-32", new(3, 32, 32, 10), ResNet(5)),
        new NetworkCase("resnet-44", new(3, 32, 32, 10), ResNet(7)),
        new NetworkCase("resnet-56", new(3, 32, 32, 10), ResNet(9)),
        new NetworkCase("resnet-110", new(3, 32, 32, 10), ResNet(18)),
        new NetworkCase("wrn-16-4", new(3, 32, 32, 10), Wide(2, 4)),
        new NetworkCase("wrn-10-1(dropout 0.1)", new(3, 32, 32, 10), Wide(1, 1)),
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Build_Parameters_AreAsManyAsTheArithmeticSays(NetworkCase network)
    {
        using var module = NetworkCatalog.Parse(network.Text).Build(network.Input);
        Assert.Equal(network.Parameters, module.parameters().Sum(parameter => parameter.numel()));
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

    // TorchSharp registers the fields of a module that becomes part of another: under their own names, were they not told.
    [Theory]
    [MemberData(nameof(Networks))]
    public void State_InsideAnotherModule_IsNamedOnce(NetworkCase network)
    {
        var module = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        string[] names = [.. module.state_dict().Keys.Select(name => $"inner.{name}")];
        using var outer = new Outer(module);
        Assert.Equal(names, outer.state_dict().Keys);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_ABatch_GivesOneNumberAClass(NetworkCase network)
    {
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        using var module = NetworkCatalog.Parse(network.Text).Build(network.Input);
        foreach (var training in new[] { true, false })
        {
            module.train(training);
            Assert.Equal([2L, network.Input.Classes], module.call(Inputs(network.Input, 2).to(ScalarType.Float32)).shape);
        }
    }

    // Native memory of what stays would grow with every step, unseen by the garbage collection.
    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_TrainingAndEvaluation_LeaveNoTensorsOutsideTheScope(NetworkCase network)
    {
        using var module = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        module.UseGhostBatch(2);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        using (NewDisposeScope())
        {
            foreach (var training in new[] { true, false })
            {
                module.train(training);
                module.call(Inputs(network.InSmall, 4).to(ScalarType.Float32)).sum().backward();
            }
        }

        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_Evaluation_DoesNotDependOnTheOtherSamplesNorOnChance(NetworkCase network)
    {
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        using var module = Trained(network);
        var input = Inputs(network.InSmall, 4);
        var together = Numbers.Values(module.call(input));
        Numbers.Same(together, Numbers.Values(module.call(input)));
        Numbers.Same(together, [.. Enumerable.Range(0, 4).SelectMany(i => Numbers.Values(module.call(input.narrow(0, i, 1))))]);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_ChannelsLast_IsTheSame(NetworkCase network)
    {
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        using var module = Trained(network);
        var input = Inputs(network.InSmall, 4);
        var contiguous = Numbers.Values(module.call(input));
        module.MoveTo(CPU, MemoryFormat.ChannelsLast);
        Numbers.Same(contiguous, Numbers.Values(module.call(MemoryOrder.Arrange(input, MemoryFormat.ChannelsLast))));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Train_EightSamples_Overfits(NetworkCase network)
    {
        Engine.Seed(3);
        var input = network.InSmall;
        var design = NetworkCatalog.Parse(network.Text);
        using var module = design.Build(input);
        module.ConvertTo(ScalarType.Float64);
        using var optimizer = new Adam(ParameterGroup.Of(module), decoupled: true);
        using var outer = NewDisposeScope();
        var images = Inputs(input, 8) * (design.WantsRawPixels ? 128 : 1);
        var labels = arange(8, ScalarType.Int64) % input.Classes;
        var (first, last) = (double.NaN, double.NaN);
        var step = 0;
        for (; step < 120 && !(last < 0.1); step++)
        {
            using var scope = NewDisposeScope();
            var loss = Losses.CrossEntropy(module.call(images), labels);
            loss.backward();
            optimizer.TakeGradients();
            optimizer.Step(new HyperParameters(design.WantsRawPixels ? 0.002 : 0.01, 8, 0.9, 0));
            last = loss.item<double>();
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
        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(third));
    }

    [Theory]
    [InlineData("mlp(8, 6, norm batch)")]
    [InlineData("convnet")]
    [InlineData("cifar10-quick")]
    [InlineData("cifar10-full")]
    [InlineData("resnet-20")]
    [InlineData("wrn-16-2")]
    public void Forward_Golden_AgreesWithTorch(string text)
    {
        using var scope = NewDisposeScope();
        using var pause = no_grad();
        using var module = NetworkCatalog.Parse(text).Build(new(3, 20, 20, 10));
        module.ConvertTo(ScalarType.Float64);
        module.eval();
        var number = 0;
        foreach (var (name, tensor) in module.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (tensor.dtype == ScalarType.Int64)
            {
                continue;
            }

            var shape = tensor.shape;
            var scale = Math.Sqrt(2.0 / shape[1..].Aggregate(1L, (a, b) => a * b));
            var shift = number++;
            double Value(double wave) => name.EndsWith("running_var", StringComparison.Ordinal) ? 1 + (0.3 * wave)
                : shape.Length > 1 ? wave * scale
                : (name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0) + (0.2 * wave);
            tensor.copy_(Numbers.Of([.. Wave((int)tensor.numel(), 0.7, shift).Select(Value)], shape));
        }

        var output = module.call(Numbers.Of(Wave(2400, 0.37, 0), 2, 3, 20, 20));
        var golden = Golden.Cases("networks/forward.json").Single(row => row.GetProperty("network").GetString() == text);
        Numbers.Same(golden.Numbers("output"), Numbers.Values(output));

        static double[] Wave(int count, double speed, double shift) =>
            [.. Enumerable.Range(1, count).Select(i => Math.Sin((speed * i) + shift))];
    }

    [Theory]
    [InlineData("rsnet-20", "Did you mean 'resnet-20'?")]
    [InlineData("mpl(3)", "Did you mean 'mlp'?")]
    [InlineData("transformer", "'wrn-D-K(dropout P)'")]
    public void Build_UnknownName_SaysTheForms(string text, string suggestion)
    {
        var name = text.Split('(')[0];
        var message = Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(Small)).Message;
        Assert.Equal(
            $"network is '{name}', which is unknown; there are mlp(SIZE, ..., norm none|batch, dropout P); convnet(CHANNELS, ..., norm batch|none, dropout P); "
            + "cifar10-quick(norm none|batch); cifar10-full; resnet-20|32|44|56|110; wrn-D-K(dropout P)."
            + (suggestion[0] == 'D' ? " " + suggestion : ""),
            message);
    }

    [Theory]
    [InlineData("mlp(0)", "network 'mlp(0)', column 5: a hidden size is 0, but must be a whole number of at least 1.")]
    [InlineData("mlp(norm layer)", "network 'mlp(norm layer)', column 10: norm is layer, but must be one of none, batch.")]
    [InlineData("mlp(norm bacth)", "network 'mlp(norm bacth)', column 10: norm is bacth, but must be one of none, batch. Did you mean 'batch'?")]
    [InlineData("mlp(dropout 1)", "network 'mlp(dropout 1)', column 13: dropout is 1, but must be a number at least 0 and below 1.")]
    [InlineData("mlp(drop 0.5)", "network 'mlp(drop 0.5)', column 5: mlp has no option 'drop'; its options are norm, dropout.")]
    [InlineData("convnet(3.5)", "network 'convnet(3.5)', column 9: a number of channels is 3.5, but must be a whole number of at least 1.")]
    [InlineData("resnet-20(3)", "network 'resnet-20(3)', column 11: resnet-20 takes no value '3'; it has no options.")]
    [InlineData("cifar10-full(norm batch)", "network 'cifar10-full(norm batch)', column 14: cifar10-full has no option 'norm'; it has no options.")]
    [InlineData("wrn-17-4", "network is 'wrn-17-4', but depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64, for instance wrn-16-4.")]
    [InlineData("wrn-16-0", "network is 'wrn-16-0', but depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64, for instance wrn-16-4.")]
    [InlineData("wrn-4-1", "network is 'wrn-4-1', but depth D must be 6 n + 4 (10, 16, 22, 28, 40, ...) and at most 1000, width K 1 to 64, for instance wrn-16-4.")]
    [InlineData("wrn-16-4(dropout -1)", "network 'wrn-16-4(dropout -1)', column 18: dropout is -1, but must be a number at least 0 and below 1.")]
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
            $"network is '{text}', which needs images of at least {side}x{side} pixels, but the data has shape (1, {side}, {side - 1}); "
            + "use a network such as mlp(256, 128).",
            Assert.Throws<InvalidInputException>(() => NetworkCatalog.Parse(text).Build(new(1, side, side - 1, 2))).Message);
        using var scope = NewDisposeScope();
        using var module = NetworkCatalog.Parse(text).Build(new(1, side, side, 2));
        Assert.Equal([3L, 2], module.call(Inputs(new(1, side, side, 2), 3).to(ScalarType.Float32)).shape);
    }

    [Theory]
    [InlineData(9, 8)]
    [InlineData(15, 11)]
    [InlineData(33, 28)]
    public void Build_ImagesOfOddSides_Fit(int height, int width)
    {
        using var scope = NewDisposeScope();
        foreach (var text in new[] { "convnet", "cifar10-quick", "cifar10-full", "resnet-20", "wrn-10-1" })
        {
            using var module = NetworkCatalog.Parse(text).Build(new(2, height, width, 3));
            Assert.Equal([2L, 3], module.call(Inputs(new(2, height, width, 3), 2).to(ScalarType.Float32)).shape);
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

    private static Tensor Inputs(InputShape input, long samples) => Numbers.Random(samples, samples, input.Channels, input.Height, input.Width);

    private static double[] Weights(Module module) => [.. module.parameters().SelectMany(Numbers.Values)];

    /// <summary>A network in float64, on small images, whose running statistics are no longer the initial ones; in evaluation.</summary>
    private static Module<Tensor, Tensor> Trained(NetworkCase network)
    {
        Engine.Seed(2);
        var module = NetworkCatalog.Parse(network.Text).Build(network.InSmall);
        module.ConvertTo(ScalarType.Float64);
        using var scope = NewDisposeScope();
        module.call(Inputs(network.InSmall, 5));
        module.eval();
        return module;
    }

    private sealed class Outer : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _inner;

        public Outer(Module<Tensor, Tensor> inner)
            : base(nameof(Outer))
        {
            register_module("inner", inner);
            _inner = inner;
        }

        public override Tensor forward(Tensor input) => _inner.call(input);
    }
}
