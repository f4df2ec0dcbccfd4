using Rubato.Torch.Layers;
using Rubato.Torch.Layers.Lengths;
using Rubato.Torch.Losses;
using Rubato.Torch.Networks;
using Rubato.Torch.Tensors;

namespace Rubato.Torch.Tests.Layers.Lengths;

public sealed class ScaleInvarianceTests
{
    private static readonly InputShape Images = new(3, 8, 8, 4);

    public static TheoryData<string> Normalized { get; } =
    [
        "mlp(12, 8, norm: batch)", "convnet(4, 8)", "cifar10-quick(norm: batch)", "resnet-20", "wrn-10-1",
    ];

    [Theory]
    [InlineData("mlp(12, 8, norm: batch)", "1.weight | 4.weight")]
    [InlineData("mlp(12, 8)", "")]
    [InlineData("convnet(4, 8)", "0.weight | 4.weight")]
    [InlineData("convnet(4, 8, norm: none)", "")]
    [InlineData("cifar10-quick(norm: batch)", "conv1.weight | conv2.weight | conv3.weight")]
    [InlineData("cifar10-full", "")]
    public void Of_Network_WeightsThatOnlyNormalizationsFollow(string network, string parts)
    {
        using var layers = Build(network);
        Assert.Equal(parts, string.Join(" | ", ScaleInvariance.Of(layers).Parts.Select(part => string.Join(", ", part.Names))));
    }

    [Fact]
    public void Of_ResNet_EveryConvolution()
    {
        using var layers = Build("resnet-20");
        var found = ScaleInvariance.Of(layers);

        Assert.Equal(19, found.Parts.Length);
        Assert.All(found.Parts, part => Assert.Single(part.Weights));
        Assert.Equal(
            layers.NamedParameters().Where(named => named.Key.Contains("conv", StringComparison.Ordinal)).Select(named => named.Value),
            found.Parts.SelectMany(part => part.Weights));
        Assert.Equal(found.Parts.Sum(part => part.Weights.Sum(weight => weight.Value.ElementCount)), found.Elements);
    }

    // What is added up along shortcuts counts together; a convolution of the normalized input begins anew.
    [Fact]
    public void Of_PreActivation_StreamsAlongShortcuts()
    {
        using var layers = Build("wrn-10-1");
        Assert.Equal(
            [
                "conv1.weight, block1.layer.0.conv2.weight",
                "block1.layer.0.conv1.weight",
                "block2.layer.0.conv1.weight",
                "block2.layer.0.conv2.weight, block2.layer.0.convShortcut.weight",
                "block3.layer.0.conv1.weight",
                "block3.layer.0.conv2.weight, block3.layer.0.convShortcut.weight",
            ],
            ScaleInvariance.Of(layers).Parts.Select(part => string.Join(", ", part.Names)));
    }

    [Theory]
    [MemberData(nameof(Normalized))]
    public void Scale_AnyFactor_FunctionStays(string network)
    {
        using var layers = Build(network);
        layers.ConvertTo(ScalarType.Float64);
        Train(layers);
        var invariance = ScaleInvariance.Of(layers);
        var (training, evaluation) = (Outputs(layers, ForwardMode.Training), Outputs(layers, ForwardMode.Evaluation));
        foreach (var factor in new[] { 3, 1e-3, 1e3, 1 / 3.0 })
        {
            invariance.Scale(factor);
            Numbers.Close(training, Outputs(layers, ForwardMode.Training), 0, 1e-9);
            Numbers.Close(evaluation, Outputs(layers, ForwardMode.Evaluation), 0, 1e-9);
        }
    }

    // Without the scale of the constant beside the variance, and the running statistics, the function would change.
    [Fact]
    public void Scale_WeightsAlone_FunctionChanges()
    {
        using var layers = Build("convnet(4, 8)");
        layers.ConvertTo(ScalarType.Float64);
        Train(layers);
        var (training, evaluation) = (Outputs(layers, ForwardMode.Training), Outputs(layers, ForwardMode.Evaluation));
        using (Autograd.NoGrad())
        {
            foreach (var weight in ScaleInvariance.Of(layers).Parts.SelectMany(part => part.Weights))
            {
                Ops.MultiplyInPlace(weight.Value, 3);
            }
        }

        Assert.InRange(Largest(training, Outputs(layers, ForwardMode.Training)), 1e-6, 1e-2);
        Assert.InRange(Largest(evaluation, Outputs(layers, ForwardMode.Evaluation)), 1e-2, 100);
    }

    // <grad, w> = 0 where the constant beside the variance is nothing, and grad(c w) = grad(w) / c with it.
    [Theory]
    [MemberData(nameof(Normalized))]
    public void Scale_Gradients_AreAsMuchSmaller(string network)
    {
        using var layers = Build(network);
        layers.ConvertTo(ScalarType.Float64);
        var invariance = ScaleInvariance.Of(layers);
        Tensor[] weights = [.. invariance.Parts.SelectMany(part => part.Weights).Select(weight => weight.Value)];
        var before = GradientsOf(layers, weights);
        invariance.Scale(5);
        var after = GradientsOf(layers, weights);
        for (var i = 0; i < weights.Length; i++)
        {
            Numbers.Close(before[i], after[i].Select(value => 5 * value).ToArray(), 1e-6, 1e-10);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scale_FactorNotAboveZeroOrFinite_Refused(double factor)
    {
        using var layers = Build("convnet(4, 8)");
        Assert.Throws<ArgumentOutOfRangeException>(() => ScaleInvariance.Of(layers).Scale(factor));
    }

    // As in the paper: all that is trained, is scale-invariant.
    [Theory]
    [InlineData("resnet-20")]
    [InlineData("convnet(4, 8)")]
    public void Of_FrozenLastLayerAndNormalizations_AllThatIsTrained(string network)
    {
        using var layers = Build(network);
        layers.FreezeLast();
        Assert.True(layers.FreezeAffine());
        Assert.Equal(
            layers.NamedParameters().Where(named => named.Value.IsTrained).Select(named => named.Key),
            ScaleInvariance.Of(layers).Parts.SelectMany(part => part.Names));
    }

    [Fact]
    public void Of_FrozenWeights_AreNone()
    {
        using var layers = new Sequential([new Linear(3, 4), new BatchNorm(4)]);
        Assert.Equal(12, ScaleInvariance.Of(layers).Elements);
        foreach (var (_, parameter) in layers.NamedParameters())
        {
            parameter.Freeze();
        }

        Assert.Equal(0, ScaleInvariance.Of(layers).Elements);
    }

    [Fact]
    public void Of_LayerThatSaysNothing_EndsTheStream()
    {
        using var layers = new Sequential([new Linear(3, 4), new Squares(), new BatchNorm(4), new Linear(4, 5), new BatchNorm(5)]);
        Assert.Equal("3.weight", Assert.Single(Assert.Single(ScaleInvariance.Of(layers).Parts).Names));
    }

    // The bias reaches the normalization through a ReLU: it has an effect, and would have to grow with the weights.
    [Fact]
    public void Of_BiasBeforeReluBeforeNormalization_IsNone()
    {
        using var layers = new Sequential([new Linear(3, 4), new Relu(), new BatchNorm(4), new Conv2d(1, 1, 1, bias: false), new Relu(), new BatchNorm(1)]);
        Assert.Equal("3.weight", Assert.Single(Assert.Single(ScaleInvariance.Of(layers).Parts).Names));
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
        using var with = new Sequential([new Conv2d(3, 4, 3, bias: false), new Conv2d(4, 5, 3), new BatchNorm(5)]);
        using var without = new Sequential([new Conv2d(3, 4, 3, bias: false), new Conv2d(4, 5, 3, bias: false), new BatchNorm(5)]);
        Assert.Empty(ScaleInvariance.Of(with).Parts);
        Assert.Equal("0.weight", Assert.Single(Assert.Single(ScaleInvariance.Of(without).Parts).Names));
    }

    private static Layer Build(string network)
    {
        Engine.Seed(3);
        return NetworkCatalog.Parse(network).Build(Images);
    }

    // So that running statistics are not those of the start.
    private static void Train(Layer layers)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        for (var i = 0; i < 3; i++)
        {
            layers.Forward(Numbers.Random(i, 6, 3, 8, 8), ForwardMode.Training);
        }
    }

    // The running statistics move by a copy of the batch that they have seen last, whose scale is theirs.
    private static double[] Outputs(Layer layers, ForwardMode mode)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = TensorScope.Begin();
        if (mode == ForwardMode.Evaluation)
        {
            return Numbers.Values(layers.Forward(Numbers.Random(9, 6, 3, 8, 8), mode));
        }

        Tensor[] state = [.. layers.StateTensors().Select(named => Ops.Clone(named.Value))];
        var outputs = Numbers.Values(layers.Forward(Numbers.Random(9, 6, 3, 8, 8), mode));
        foreach (var (kept, (_, tensor)) in state.Zip(layers.StateTensors()))
        {
            Ops.Copy(tensor, kept);
        }

        return outputs;
    }

    private static double[][] GradientsOf(Layer layers, Tensor[] weights)
    {
        using var scope = TensorScope.Begin();
        using var list = new TensorList(weights);
        list.ClearGradients();
        new CrossEntropy().Of(layers.Forward(Numbers.Random(9, 6, 3, 8, 8), ForwardMode.Training), Ops.From<long>([0, 1, 2, 3, 0, 1], [6])).Backward();
        return Numbers.Gradients(weights);
    }

    private static double Largest(double[] values, double[] others) => values.Zip(others, (a, b) => Math.Abs(a - b)).Max();

    /// <summary>One weight, twice: one of the results, or both, are normalized.</summary>
    private sealed class Again : Layer
    {
        private readonly bool _normalizesBoth;
        private readonly Parameter _weight;
        private readonly BatchNorm _normalization;

        public Again(bool normalizesBoth)
        {
            _normalizesBoth = normalizesBoth;
            _weight = AddParameter("weight", Ops.Full([3, 3], 1));
            _normalization = Add("norm", new BatchNorm(3));
        }

        public override Tensor Forward(Tensor input, ForwardMode mode) => throw new NotSupportedException();

        public override LengthStream? Trace(LengthStream? input, LengthTrace trace)
        {
            var first = _normalization.Trace(trace.Weighted(input, _weight, null), trace);
            var second = trace.Weighted(first, _weight, null);
            return _normalizesBoth ? _normalization.Trace(second, trace) : second;
        }
    }

    private sealed class Squares : Layer
    {
        public override Tensor Forward(Tensor input, ForwardMode mode) => Ops.Multiply(input, input);
    }
}
