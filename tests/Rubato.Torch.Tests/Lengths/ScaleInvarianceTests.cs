using Rubato.Cli.Catalog;
using Rubato.Torch.Layers;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Lengths;

public sealed class ScaleInvarianceTests
{
    private static readonly InputShape Images = new(3, 8, 8, 4);

    public static TheoryData<string> Normalized { get; } =
    [
        "mlp(12, 8, norm batch)", "convnet(4, 8)", "cifar10-quick(norm batch)", "resnet-20", "wrn-10-1",
    ];

    [Theory]
    [InlineData("mlp(12, 8, norm batch)", "1.weight | 4.weight")]
    [InlineData("mlp(12, 8)", "")]
    [InlineData("convnet(4, 8)", "0.weight | 4.weight")]
    [InlineData("convnet(4, 8, norm none)", "")]
    [InlineData("cifar10-quick(norm batch)", "conv1.weight | conv2.weight | conv3.weight")]
    [InlineData("cifar10-full", "")]
    public void Of_Network_WeightsThatOnlyNormalizationsFollow(string text, string parts)
    {
        using var network = Build(text);
        Assert.Equal(parts, string.Join(" | ", ScaleInvariance.Of(network).Parts.Select(part => string.Join(", ", part.Names))));
    }

    [Fact]
    public void Of_ResNet_EveryConvolution()
    {
        using var network = Build("resnet-20");
        var found = ScaleInvariance.Of(network);

        Assert.Equal(19, found.Parts.Length);
        Assert.All(found.Parts, part => Assert.Single(part.Weights));
        Assert.Equal(
            network.named_parameters().Select(named => named.name).Where(name => name.Contains("conv", StringComparison.Ordinal)),
            found.Parts.SelectMany(part => part.Names));
        Assert.Equal(found.Parts.Sum(part => part.Weights.Sum(weight => weight.numel())), found.Elements);
        Assert.All(network.named_parameters(), named => Assert.Equal(named.name.Contains("conv", StringComparison.Ordinal), found.Contains(named.parameter)));
    }

    // What is added up along shortcuts counts together; a convolution of the normalized input begins anew.
    [Fact]
    public void Of_PreActivation_StreamsAlongShortcuts()
    {
        using var network = Build("wrn-10-1");
        Assert.Equal(
            [
                "conv1.weight, block1.layer.0.conv2.weight",
                "block1.layer.0.conv1.weight",
                "block2.layer.0.conv1.weight",
                "block2.layer.0.conv2.weight, block2.layer.0.convShortcut.weight",
                "block3.layer.0.conv1.weight",
                "block3.layer.0.conv2.weight, block3.layer.0.convShortcut.weight",
            ],
            ScaleInvariance.Of(network).Parts.Select(part => string.Join(", ", part.Names)));
    }

    [Theory]
    [MemberData(nameof(Normalized))]
    public void Scale_AnyFactor_FunctionStays(string text)
    {
        using var network = Build(text);
        network.ConvertTo(ScalarType.Float64);
        Train(network);
        var invariance = ScaleInvariance.Of(network);
        var (training, evaluation) = (Outputs(network, training: true), Outputs(network, training: false));
        foreach (var factor in new[] { 3, 1e-3, 1e3, 1 / 3.0 })
        {
            invariance.Scale(factor);
            Numbers.Close(training, Outputs(network, training: true), 0, 1e-9);
            Numbers.Close(evaluation, Outputs(network, training: false), 0, 1e-9);
        }
    }

    // Without the scale of the constant beside the variance, and the running statistics, the function would change.
    [Fact]
    public void Scale_WeightsAlone_FunctionChanges()
    {
        using var network = Build("convnet(4, 8)");
        network.ConvertTo(ScalarType.Float64);
        Train(network);
        var (training, evaluation) = (Outputs(network, training: true), Outputs(network, training: false));
        using (no_grad())
        {
            foreach (var weight in ScaleInvariance.Of(network).Parts.SelectMany(part => part.Weights))
            {
                weight.mul_(3);
            }
        }

        Assert.InRange(Largest(training, Outputs(network, training: true)), 1e-6, 1e-2);
        Assert.InRange(Largest(evaluation, Outputs(network, training: false)), 1e-2, 100);
    }

    // <grad, w> = 0 where the constant beside the variance is nothing, and grad(c w) = grad(w) / c with it.
    [Theory]
    [MemberData(nameof(Normalized))]
    public void Scale_Gradients_AreAsMuchSmaller(string text)
    {
        using var network = Build(text);
        network.ConvertTo(ScalarType.Float64);
        var invariance = ScaleInvariance.Of(network);
        Tensor[] weights = [.. invariance.Parts.SelectMany(part => part.Weights)];
        var before = GradientsOf(network, weights);
        invariance.Scale(5);
        var after = GradientsOf(network, weights);
        for (var i = 0; i < weights.Length; i++)
        {
            Numbers.Close(before[i], [.. after[i].Select(value => 5 * value)], 1e-6, 1e-10);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scale_FactorNotAboveZeroOrFinite_Refused(double factor)
    {
        using var network = Build("convnet(4, 8)");
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaleInvariance.Of(network).Scale(factor));
    }

    // As in the paper: all that is trained, is scale-invariant.
    [Theory]
    [InlineData("resnet-20")]
    [InlineData("convnet(4, 8)")]
    public void Of_FrozenLastLayerAndNormalizations_AllThatIsTrained(string text)
    {
        using var network = Build(text);
        network.FreezeLast();
        Assert.True(network.FreezeAffine());
        Assert.Equal(
            network.named_parameters().Where(named => named.parameter.requires_grad).Select(named => named.name),
            ScaleInvariance.Of(network).Parts.SelectMany(part => part.Names));
    }

    [Fact]
    public void Of_FrozenWeights_AreNone()
    {
        using var network = Sequential(Linear(3, 4), new GhostBatchNorm(4));
        Assert.Equal(12, ScaleInvariance.Of(network).Elements);
        foreach (var parameter in network.parameters())
        {
            parameter.requires_grad = false;
        }

        Assert.Equal(0, ScaleInvariance.Of(network).Elements);
    }

    [Fact]
    public void Of_LayerThatSaysNothing_EndsTheStream()
    {
        using var network = Sequential(Linear(3, 4), new Squares(), new GhostBatchNorm(4), Linear(4, 5), new GhostBatchNorm(5));
        Assert.Equal("3.weight", Assert.Single(Assert.Single(ScaleInvariance.Of(network).Parts).Names));
    }

    // The bias reaches the normalization through a ReLU: it has an effect, and would have to grow with the weights.
    [Fact]
    public void Of_BiasBeforeReluBeforeNormalization_IsNone()
    {
        using var network = Sequential(Linear(3, 4), ReLU(), new GhostBatchNorm(4), Conv2d(1, 1, 1, bias: false), ReLU(), new GhostBatchNorm(1));
        Assert.Equal("3.weight", Assert.Single(Assert.Single(ScaleInvariance.Of(network).Parts).Names));
    }

    [Fact]
    public void Of_LayerThatIsUsedAgain_CountsOnceOrNotAtAll()
    {
        using var normalized = new Again(normalizesBoth: true);
        using var seen = new Again(normalizesBoth: false);
        Assert.Equal("weight", Assert.Single(Assert.Single(ScaleInvariance.Of(normalized).Parts).Names));
        Assert.Empty(ScaleInvariance.Of(seen).Parts);
    }

    // c x W + b is no multiple of x W + b.
    [Fact]
    public void Of_TwoWeightsInARow_OnlyWithoutABias()
    {
        using var with = Sequential(Conv2d(3, 4, 3, bias: false), Conv2d(4, 5, 3), new GhostBatchNorm(5));
        using var without = Sequential(Conv2d(3, 4, 3, bias: false), Conv2d(4, 5, 3, bias: false), new GhostBatchNorm(5));
        Assert.Empty(ScaleInvariance.Of(with).Parts);
        Assert.Equal("0.weight", Assert.Single(Assert.Single(ScaleInvariance.Of(without).Parts).Names));
    }

    // Its forward pass may be another one.
    [Fact]
    public void Of_ClassDerivedFromASequence_IsNone()
    {
        using var network = new Derived(Linear(3, 4), new GhostBatchNorm(4));
        Assert.Empty(ScaleInvariance.Of(network).Parts);
    }

    [Fact]
    public void Scale_AndItsMeter_LeaveNoTensors()
    {
        using var network = Build("resnet-20");
        var invariance = ScaleInvariance.Of(network);
        var meter = new LengthMeter(invariance);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        invariance.Scale(2);
        meter.SquaredLength();
        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    private static Module<Tensor, Tensor> Build(string text)
    {
        Engine.Seed(3);
        return NetworkCatalog.Parse(text).Build(Images);
    }

    // So that running statistics are not those of the start.
    private static void Train(Module<Tensor, Tensor> network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < 3; i++)
        {
            network.call(Numbers.Random(i, 6, 3, 8, 8));
        }
    }

    // The running statistics move by a copy of the batch that they have seen last, whose scale is theirs.
    private static double[] Outputs(Module<Tensor, Tensor> network, bool training)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.train(training);
        Tensor[] state = [.. network.state_dict().Values.Select(tensor => tensor.clone())];
        var outputs = Numbers.Values(network.call(Numbers.Random(9, 6, 3, 8, 8)));
        foreach (var (kept, tensor) in state.Zip(network.state_dict().Values))
        {
            tensor.copy_(kept);
        }

        return outputs;
    }

    private static double[][] GradientsOf(Module<Tensor, Tensor> network, Tensor[] weights)
    {
        using var scope = NewDisposeScope();
        network.zero_grad();
        Losses.CrossEntropy(network.call(Numbers.Random(9, 6, 3, 8, 8)), arange(6, ScalarType.Int64) % 4).backward();
        return Numbers.Gradients(weights);
    }

    private static double Largest(double[] values, double[] others) => values.Zip(others, (a, b) => Math.Abs(a - b)).Max();

    /// <summary>One weight, twice: one of the results, or both, are normalized.</summary>
    private sealed class Again : Module<Tensor, Tensor>, ILengthTraced
    {
        private readonly bool _normalizesBoth;
        private readonly Parameter _weight = new(ones(3, 3));
        private readonly GhostBatchNorm _normalization = new(3);

        public Again(bool normalizesBoth)
            : base(nameof(Again))
        {
            _normalizesBoth = normalizesBoth;
            register_parameter("weight", _weight);
            register_module("norm", _normalization);
        }

        public override Tensor forward(Tensor input) => throw new NotSupportedException();

        public LengthStream? Trace(LengthStream? input, LengthTrace trace)
        {
            var first = trace.Through(_normalization, trace.Weighted(input, _weight, null));
            var second = trace.Weighted(first, _weight, null);
            return _normalizesBoth ? trace.Through(_normalization, second) : second;
        }
    }

    private sealed class Squares() : Module<Tensor, Tensor>(nameof(Squares))
    {
        public override Tensor forward(Tensor input) => input * input;
    }

    private sealed class Derived(params Module<Tensor, Tensor>[] modules) : Sequential(modules)
    {
        public override Tensor forward(Tensor input) => base.forward(input) * input;
    }
}
