using Rubato.Cli.Catalog;
using Rubato.Torch.Lengths;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Tests.Lengths;

public sealed class LengthExperimentTests
{
    // The structure, which the networks of this library tell, is the twin of the experiment, which does not look at it.
    [Theory]
    [InlineData("mlp(12, 8, norm batch)", ScalarType.Float32)]
    [InlineData("mlp(12, 8)", ScalarType.Float32)]
    [InlineData("convnet(4, 8)", ScalarType.Float32)]
    [InlineData("convnet(4, 8, norm none)", ScalarType.Float64)]
    [InlineData("convnet(4, 8, dropout 0.5)", ScalarType.Float32)]
    [InlineData("cifar10-quick(norm batch)", ScalarType.Float32)]
    [InlineData("resnet-20", ScalarType.Float32)]
    [InlineData("resnet-20", ScalarType.Float64)]
    [InlineData("wrn-10-1", ScalarType.Float32)]
    [InlineData("wrn-16-1", ScalarType.Float64)]
    public void Find_NetworkThatTellsItsStructure_FindsTheSame(string text, ScalarType type)
    {
        Engine.Seed(3);
        using var network = NetworkCatalog.Parse(text).Build(new InputShape(3, 8, 8, 4));
        network.ConvertTo(type);
        Assert.Equal(Described(ScaleInvariance.Of(network)), Described(Find(network, Images(type))));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Find_BatchNormalization_WeightWithTheBiasThatFollows(ScalarType type)
    {
        using var network = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4), ReLU(), Flatten(), Linear(144, 4));
        network.ConvertTo(type);
        Assert.Equal("0.weight; follows (4); 1", Described(Find(network, Images(type))));
    }

    // Neither takes away a bias for each channel: weight and bias have one length.
    [Fact]
    public void Find_GroupOrLayerNormalization_WeightAndBiasTogether()
    {
        // TorchSharp leaves in a group normalization what lay in memory.
        var groups = GroupNorm(2, 4);
        init.ones_(groups.weight);
        init.zeros_(groups.bias);
        using var grouped = Sequential(Conv2d(3, 4, 3), groups, ReLU(), Flatten(), Linear(144, 4));
        using var layered = Sequential(Flatten(), Linear(192, 8), LayerNorm(8), ReLU(), Linear(8, 4));
        using var instance = Sequential(Conv2d(3, 4, 3), InstanceNorm2d(4), ReLU(), Flatten(), Linear(144, 4));
        Assert.Equal("0.weight, 0.bias; follows ; 1", Described(Find(grouped, Images())));
        Assert.Equal("1.weight, 1.bias; follows ; 1", Described(Find(layered, Images())));
        Assert.Equal("0.weight; follows (4); 1", Described(Find(instance, Images())));
    }

    // Past a ReLU the bias has an effect, and a length in common with the weight.
    [Fact]
    public void Find_BiasBeforeReluBeforeNormalization_WeightAndBiasTogether()
    {
        using var network = Sequential(Flatten(), Linear(192, 8), ReLU(), BatchNorm1d(8), Linear(8, 4));
        Assert.Equal("1.weight, 1.bias; follows ; 1", Described(Find(network, Images())));
    }

    [Fact]
    public void Find_TwoWeightsBeforeOneNormalization_OnlyTheFirst()
    {
        using var network = Sequential(Conv2d(3, 4, 3, bias: false), Conv2d(4, 5, 1, bias: false), BatchNorm2d(5), Flatten(), Linear(180, 4));
        Assert.Equal("0.weight; follows ; 1", Described(Find(network, Images())));
    }

    [Fact]
    public void Find_NoNormalization_Nothing()
    {
        using var network = Sequential(Flatten(), Linear(192, 8), Tanh(), Linear(8, 4));
        Assert.Empty(Find(network, Images()).Parts);
    }

    [Fact]
    public void Find_FrozenWeight_Nothing()
    {
        using var network = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4), Flatten(), Linear(144, 4));
        network.parameters().First().requires_grad = false;
        Assert.Empty(Find(network, Images()).Parts);
    }

    // Half a thousandth of the convolution passes by the normalization.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5e-4, 0)]
    public void Find_PathBesidesTheNormalization_Nothing(double share, int parts)
    {
        Engine.Seed(3);
        using var network = new Leak(share);
        Assert.Equal(parts, Find(network, Images()).Parts.Length);
    }

    // The stream from the embedding on is added up, and read by normalizations only.
    [Fact]
    public void Find_TransformerWithNormalizationsFirst_TheStreamTogether()
    {
        Engine.Seed(2);
        using var network = new Transformer(normalizesFirst: true);
        Assert.Equal(
            "_position, _embed.weight, _embed.bias, 0._out.weight, 0._out.bias, 0._second.weight, 0._second.bias, "
            + "1._out.weight, 1._out.bias, 1._second.weight, 1._second.bias; follows ; 5",
            Described(Find(network, Numbers.Random32(1, 6, 5, 4))).Replace("_blocks.", "", StringComparison.Ordinal));
    }

    // Here the stream begins anew after each normalization, whose own weights set its length.
    [Fact]
    public void Find_TransformerWithNormalizationsLast_Nothing()
    {
        using var network = new Transformer(normalizesFirst: false);
        Assert.Empty(Find(network, Numbers.Random32(1, 6, 5, 4)).Parts);
    }

    [Fact]
    public void Scale_WhatWasFound_FunctionStays()
    {
        Engine.Seed(2);
        using Module<Tensor, Tensor> network = new Transformer(normalizesFirst: true);
        network.ConvertTo(ScalarType.Float64);
        var input = Numbers.Random(1, 6, 5, 4);
        var invariance = Find(network, input);
        using var noGrad = no_grad();
        var before = Numbers.Values(network.call(input));
        foreach (var factor in new[] { 3, 1e-3, 1 / 7.0 })
        {
            invariance.Scale(factor);
            Numbers.Close(before, Numbers.Values(network.call(input)), 0, 1e-11);
        }
    }

    [Fact]
    public void Find_AnyNetwork_TakesItsHooksAwayAndPutsConstantsBack()
    {
        var normalization = BatchNorm2d(4);
        using var network = Sequential(Conv2d(3, 4, 3), normalization, Flatten(), Linear(144, 4));
        _ = Find(network, Images());
        using var weird = Numbers.Random32(8, 2, 4, 1, 1);
        normalization.call(weird);
        Assert.Equal(1e-5, normalization.eps);
    }

    private static Tensor Images(ScalarType type = ScalarType.Float32) => Numbers.Random(9, 6, 3, 8, 8).to(type);

    private static ScaleInvariance Find(Module<Tensor, Tensor> network, Tensor input)
    {
        network.train();
        using var random = Engine.RandomState();
        return LengthExperiment.Find(network, () =>
        {
            Engine.SetRandomState(random);
            using var scope = NewDisposeScope();
            return MemoryOrder.Number(Losses.CrossEntropy(network.call(input), arange(6, ScalarType.Int64) % 4));
        });
    }

    // Names; sizes of the biases that follow; how many normalizations.
    private static string Described(ScaleInvariance found) => string.Join(" | ", found.Parts.Select(part =>
        $"{string.Join(", ", part.Names)}; follows {string.Join(", ", part.Biases.Select(bias => $"({bias.numel()})"))}; {part.Normalizations.Length}"));

    private sealed class Leak : Module<Tensor, Tensor>
    {
        private readonly double _share;
        private readonly Conv2d _convolution = Conv2d(3, 4, 3);
        private readonly BatchNorm2d _normalization = BatchNorm2d(4);
        private readonly Linear _output = Linear(144, 4);

        public Leak(double share)
            : base(nameof(Leak))
        {
            _share = share;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var inner = _convolution.call(input);
            return _output.call((_normalization.call(inner) + (inner * _share)).relu().flatten(1));
        }
    }

    /// <summary>Tokens (N, 5, 4) to four classes: embedding, positions that begin at 0, and two blocks.</summary>
    private sealed class Transformer : Module<Tensor, Tensor>
    {
        private readonly Linear _embed = Linear(4, 8);
        private readonly Parameter _position = new(zeros(5, 8));
        private readonly ModuleList<Block> _blocks;
        private readonly LayerNorm _norm = LayerNorm(8);
        private readonly Linear _head = Linear(8, 4);

        public Transformer(bool normalizesFirst)
            : base(nameof(Transformer))
        {
            _blocks = ModuleList(new Block(normalizesFirst), new Block(normalizesFirst));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var stream = _embed.call(input) + _position;
            foreach (var block in _blocks)
            {
                stream = block.call(stream);
            }

            return _head.call(_norm.call(stream).mean([1]));
        }
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly bool _normalizesFirst;
        private readonly LayerNorm _norm1 = LayerNorm(8);
        private readonly Linear _query = Linear(8, 8);
        private readonly Linear _key = Linear(8, 8);
        private readonly Linear _value = Linear(8, 8);
        private readonly Linear _out = Linear(8, 8);
        private readonly LayerNorm _norm2 = LayerNorm(8);
        private readonly Linear _first = Linear(8, 16);
        private readonly Linear _second = Linear(16, 8);

        public Block(bool normalizesFirst)
            : base(nameof(Block))
        {
            _normalizesFirst = normalizesFirst;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            if (_normalizesFirst)
            {
                var between = input + Attended(_norm1.call(input));
                return between + Expanded(_norm2.call(between));
            }

            var middle = _norm1.call(input + Attended(input));
            return _norm2.call(middle + Expanded(middle));
        }

        private Tensor Attended(Tensor input) =>
            _out.call(F.scaled_dot_product_attention(_query.call(input), _key.call(input), _value.call(input)));

        private Tensor Expanded(Tensor input) => _second.call(F.gelu(_first.call(input)));
    }
}
