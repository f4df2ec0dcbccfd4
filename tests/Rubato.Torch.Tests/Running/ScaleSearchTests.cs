using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Rubato.Torch.Tests.Running;

/// <summary>Weight decay as a growing rate, for networks that this library knows nothing of.</summary>
public sealed class ScaleSearchTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ISamples<SupervisedBatch> _train;
    private readonly ISamples<SupervisedBatch> _test;

    public ScaleSearchTests()
    {
        Engine.Seed(4);
        var inputs = randn(160, 4, 8);
        var classes = inputs.mean([1]).argmax(1) % 3;
        (_train, _test) = (Samples.Of(inputs[..120], classes[..120]), Samples.Of(inputs[120..], classes[120..]));
    }

    public static TheoryData<string> Grown { get; } = ["unet", "separable", "transformer"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TrainerSettings Short => new()
    {
        Length = Duration.Epochs(4),
        BatchSize = 20,
        Optimizer = OptimizerChoice.Sgd(),
        WeightDecay = 0.02,
        Threads = 1,
        Seed = 3,
    };

    [Theory]
    [MemberData(nameof(Grown))]
    public void Verify_NormalizedNetwork_Holds(string name)
    {
        using var network = Build(name);
        var weights = ValuesOf(network);

        var outcome = new Trainer(network, _train, Losses.CrossEntropy, Short, _test)
            .Verify(() => Build(name), Schedule.Cosine(0.05, 0), new VerificationSettings { Every = 1 }, cancellation: Token);

        Assert.Equal(VerificationEnd.Completed, outcome.End);
        Assert.True(outcome.Holds, $"{outcome.FirstDifference}");
        Assert.Equal(24, outcome.Points.Length);
        Assert.Equal(24, outcome.Judged);
        Assert.InRange(outcome.LargestFunctionDifference, 0, 1e-9);
        Assert.Equal(weights, ValuesOf(network));
    }

    // With other weights than the trainer's network the first loss would be another.
    [Fact]
    public void Verify_BeginsWithTheWeightsOfTheNetwork()
    {
        using var network = Build("separable");
        var trainer = new Trainer(network, _train, Losses.CrossEntropy, Short, _test);
        _ = trainer.Fit(0.05, cancellation: Token);

        var told = new Losing();
        _ = trainer.Verify(() => Build("separable"), 0.05, new VerificationSettings { Every = 1, Updates = 1 }, told, Token);

        using var noGrad = no_grad();
        network.train();
        var (inputs, targets) = _train.Read([.. new BatchOrder(120, 3).Next(0, 20)], default);
        Assert.Equal(Losses.CrossEntropy(network.call(inputs), targets).item<float>(), told.First, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Grown))]
    public void Fit_Exponential_SameFunctionAsWithWeightDecay(string name)
    {
        using var decayed = Build(name, ScalarType.Float64);
        using var grown = Build(name, ScalarType.Float64);
        var input = randn(30, 4, 8, ScalarType.Float64);
        var rate = Schedule.Constant(0.05);

        _ = new Trainer(decayed, _train, Losses.CrossEntropy, Short, _test).Fit(rate, cancellation: Token);
        var run = new Trainer(grown, _train, Losses.CrossEntropy, Short with { Rewrite = new ExponentialRewrite() }, _test)
            .Fit(rate, cancellation: Token);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.InRange(run.Summary.Exponential!.Log10Rate!.Value, Math.Log10(0.05) + 0.01, 0);
        using var noGrad = no_grad();
        Numbers.Close(Numbers.Values(decayed.call(input)), Numbers.Values(grown.call(input)), 0, 1e-9);

        // Weights, running statistics and constants have the scale of weight decay again.
        Numbers.Close(ValuesOf(decayed), ValuesOf(grown), 0, 1e-9);
        Assert.All(EpsilonsOf(grown), epsilon => Assert.Equal(1e-5, epsilon));
    }

    [Fact]
    public void Fit_ExceptionWhileWeightsGrow_ScaleOfWeightDecay()
    {
        using var network = Build("separable");
        var trainer = new Trainer(
            network, _train, Losses.CrossEntropy, Short with { WeightDecay = 0.05, Rewrite = new ExponentialRewrite() }, _test);

        var caught = Assert.Throws<TimeoutException>(() => trainer.Fit(0.1, new Throwing(network), Token));

        Assert.Equal("1", caught.Message);
        Assert.All(EpsilonsOf(network), epsilon => Assert.Equal(1e-5, epsilon));
    }

    [Theory]
    [InlineData("recurrent")]
    [InlineData("autoencoder")]
    [InlineData("last")]
    public void Fit_NothingCanGrow_RefusedAndNothingChanged(string name)
    {
        using var network = Build(name);
        var weights = ValuesOf(network);
        var trainer = new Trainer(network, _train, Losses.CrossEntropy, Short with { Rewrite = new ExponentialRewrite() }, _test);

        Assert.Equal(
            $"Rewrite is 'exponential', but the network {network.GetName()} has no weights that only a normalization follows, "
            + "and no others can grow; choose a network whose normalizations are called by call and not by forward, or leave the rewrite out.",
            Assert.Throws<InvalidInputException>(() => trainer.Fit(0.05, cancellation: Token)).Message);
        Assert.Equal(weights, ValuesOf(network));
    }

    private static readonly OptimizerChoice[] Others =
    [
        OptimizerChoice.AdamW(), OptimizerChoice.Sgd(nesterov: true), OptimizerChoice.Of(parameters => optim.SGD(parameters, 0.1, momentum: 0.9)),
    ];

    [Theory]
    [InlineData(0, "adamw")]
    [InlineData(1, "nesterov")]
    [InlineData(2, "SGD")]
    public void Fit_OtherOptimizer_Refused(int which, string name)
    {
        using var network = Build("separable");
        var trainer = new Trainer(
            network, _train, Losses.CrossEntropy, Short with { Rewrite = new ExponentialRewrite(), Optimizer = Others[which] }, _test);

        Assert.Equal(
            $"Rewrite is 'exponential', but the optimizer is {name}: weight decay can be written as a growing rate only for SGD with "
            + "heavy-ball momentum; choose OptimizerChoice.Sgd(), or leave the rewrite out.",
            Assert.Throws<InvalidInputException>(() => trainer.Fit(0.05, cancellation: Token)).Message);
    }

    [Fact]
    public void Fit_RewriteOfWhatNoPlanKnows_RefusedAllAtOnce()
    {
        using var network = Build("separable");
        var settings = Short with { Rewrite = new GrowBatch(), BatchSize = Batch.Adaptive(20), GhostBatch = 1 };

        var findings = Assert.Throws<InvalidInputException>(() =>
            new Trainer(network, _train, Losses.CrossEntropy, settings).Fit(Rate.AutoWarmup(), cancellation: Token)).Findings;

        Assert.Equal(["GhostBatch", "Rewrite", "Rewrite"], findings.Select(finding => finding.Setting));
    }

    [Fact]
    public void Verify_RateThatIsSearchedFor_RefusedWithAllElse()
    {
        using var network = Build("separable");
        var trainer = new Trainer(network, _train, Losses.CrossEntropy, Short, _test);

        Assert.Equal(
            ["Every is 0; it must be at least 1, for instance 10.", "rate is 'auto', which is found before a run; give a rate to verify with, for instance Schedule.Cosine(0.1, 0)."],
            Assert.Throws<InvalidInputException>(() => trainer.Verify(
                () => Build("separable"), Rate.Rehearsed(), new VerificationSettings { Every = 0 }, cancellation: Token)).Findings.Select(finding => $"{finding}"));
    }

    // What does not fit is named as it is without a rewrite.
    [Fact]
    public void Fit_SamplesThatDoNotFit_NamedBeforeAnythingIsTried()
    {
        using var network = Build("separable");
        var wrong = Samples.Of(randn(40, 5, 8), arange(40) % 3);
        var settings = Short with { Rewrite = new ExponentialRewrite() };

        var exception = Assert.Throws<InvalidInputException>(() =>
            new Trainer(network, wrong, Losses.CrossEntropy, settings).Fit(0.05, cancellation: Token));
        Assert.StartsWith("samples cannot be computed, tried with inputs (22, 5, 8) Float32", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_LossNotFinite_SaidAsThat()
    {
        using var network = Build("separable");
        var broken = Samples.Of(full([40, 4, 8], float.NaN), arange(40) % 3);
        var settings = Short with { Rewrite = new ExponentialRewrite() };

        Assert.Equal(
            "Rewrite is 'exponential', but before the first update the loss is not finite, so that nothing can be said about the length of "
            + "the weights; mend the data or the network first.",
            Assert.Throws<InvalidInputException>(() =>
                new Trainer(network, broken, Losses.CrossEntropy, settings).Fit(0.05, cancellation: Token)).Message);
    }

    [Fact]
    public void Verify_NoNewNetwork_RefusedAndTheTrainersIsWhole()
    {
        using var network = Build("separable");
        using var once = Build("separable");
        var weights = ValuesOf(network);
        var trainer = new Trainer(network, _train, Losses.CrossEntropy, Short, _test);

        string Refused(Func<Module<Tensor, Tensor>> create) =>
            Assert.Throws<InvalidInputException>(() => trainer.Verify(create, 0.05, cancellation: Token)).Message;

        const string Again = "create is 'Separable', which it returned before, or which the trainer has; "
            + "make a new network at each call, such as () => new MyNetwork().";
        Assert.Equal(Again, Refused(() => network));
        Assert.Equal(Again, Refused(() => once));
        Assert.Equal("create: returned null; make a network of the same structure.", Refused(() => null!));
        Assert.Equal(weights, ValuesOf(network));
    }

    [Fact]
    public void Verify_SharedParameters_OnlyInTheirOwnType()
    {
        using Module<Tensor, Tensor> network = new Tied();
        var trainer = new Trainer(network, _train, Losses.CrossEntropy, Short, _test);

        Assert.Equal(
            "IsDouble is 'True', but modules of the network Tied share parameters, and TorchSharp's conversion to 64 bits does not keep that; "
            + "set it to false, which compares in the network's own type.",
            Assert.Throws<InvalidInputException>(() => trainer.Verify(() => new Tied(), 0.05, cancellation: Token)).Message);
        var closeness = new VerificationSettings { IsDouble = false, Updates = 3, Every = 1 };
        Assert.True(trainer.Verify(() => new Tied(), 0.05, closeness, cancellation: Token).Holds);
    }

    [Fact]
    public void Verify_AnotherNetwork_Refused()
    {
        using var network = Build("separable");
        var trainer = new Trainer(network, _train, Losses.CrossEntropy, Short, _test);

        Assert.Equal(
            "create is 'Unet', whose parameters are not those of the network Separable of the trainer; make a network of the same structure.",
            Assert.Throws<InvalidInputException>(() => trainer.Verify(() => Build("unet"), 0.05, cancellation: Token)).Message);
    }

    public void Dispose() => _scope.Dispose();

    private static Module<Tensor, Tensor> Build(string name, ScalarType type = ScalarType.Float32)
    {
        Engine.Seed(9);
        Module<Tensor, Tensor> network = name switch
        {
            "unet" => new Unet(),
            "separable" => new Separable(),
            "transformer" => new Transformer(normalizesFirst: true),
            "last" => new Transformer(normalizesFirst: false),
            "recurrent" => new Recurrent(),
            _ => Sequential(Flatten(), Linear(32, 4), Tanh(), Linear(4, 3)),
        };
        network.ConvertTo(type);
        return network;
    }

    private static double[] ValuesOf(Module network) => [.. network.state_dict().Values.SelectMany(Numbers.Values)];

    private static IEnumerable<double> EpsilonsOf(Module network) => network.modules()
        .Select(module => module is NormBase norm ? norm.eps : module is LayerNorm layer ? layer.eps : (double?)null)
        .OfType<double>();

    private sealed class Losing : Listener
    {
        public double First { get; private set; }

        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is VerifiedPoint point)
            {
                First = point.Loss;
            }
        }
    }

    /// <summary>Breaks a run off when a constant has moved.</summary>
    private sealed class Throwing(Module network) : Listener
    {
        public override void OnStep(in StepRecord record)
        {
            if (record.Step == 10)
            {
                throw new TimeoutException(EpsilonsOf(network).Any(epsilon => epsilon != 1e-5) ? "1" : "0");
            }
        }
    }

    /// <summary>Down, across and up again over (N, 4, 8), with two skips.</summary>
    private sealed class Unet : Module<Tensor, Tensor>
    {
        private readonly Conv1d _down = Conv1d(4, 6, 3, padding: 1);
        private readonly BatchNorm1d _norm1 = BatchNorm1d(6);
        private readonly Conv1d _deep = Conv1d(6, 8, 3, padding: 1, bias: false);
        private readonly BatchNorm1d _norm2 = BatchNorm1d(8);
        private readonly Conv1d _up = Conv1d(14, 6, 3, padding: 1);
        private readonly GroupNorm _norm3 = GroupNorm(2, 6);
        private readonly Conv1d _score = Conv1d(10, 3, 1);

        public Unet()
            : base(nameof(Unet))
        {
            RegisterComponents();
            init.ones_(_norm3.weight);
            init.zeros_(_norm3.bias);
        }

        public override Tensor forward(Tensor input)
        {
            var first = _norm1.call(_down.call(input)).relu();
            var second = _norm2.call(_deep.call(F.max_pool1d(first, 2))).relu();
            var wide = cat([F.interpolate(second, scale_factor: [2.0]), first], 1);
            var last = _norm3.call(_up.call(wide)).relu();
            return _score.call(cat([last, input], 1)).mean([2]);
        }
    }

    /// <summary>A convolution for each channel, and one over the channels, each with its batch normalization.</summary>
    private sealed class Separable : Module<Tensor, Tensor>
    {
        private readonly Conv1d _depthwise = Conv1d(4, 8, 3, padding: 1, groups: 4, bias: false);
        private readonly BatchNorm1d _norm1 = BatchNorm1d(8);
        private readonly Conv1d _pointwise = Conv1d(8, 6, 1);
        private readonly BatchNorm1d _norm2 = BatchNorm1d(6);
        private readonly Linear _score = Linear(6, 3);

        public Separable()
            : base(nameof(Separable)) => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            _score.call(_norm2.call(_pointwise.call(_norm1.call(_depthwise.call(input)).relu())).relu().mean([2]));
    }

    /// <summary>Two layers of one weight, the first of them normalized.</summary>
    private sealed class Tied : Module<Tensor, Tensor>
    {
        private readonly Linear _inner = Linear(8, 8, hasBias: false);
        private readonly BatchNorm1d _norm = BatchNorm1d(8);
        private readonly Linear _again = Linear(8, 8, hasBias: false);
        private readonly Linear _first = Linear(8, 8);
        private readonly LayerNorm _layer = LayerNorm(8);
        private readonly Linear _score = Linear(8, 3);

        public Tied()
            : base(nameof(Tied))
        {
            _again.weight = _inner.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var entered = _layer.call(_first.call(input.mean([1])));
            return _score.call(_again.call(_norm.call(_inner.call(entered)).relu()));
        }
    }

    private sealed class Recurrent : Module<Tensor, Tensor>
    {
        private readonly GRU _memory = GRU(8, 6, batchFirst: true);
        private readonly Linear _score = Linear(6, 3);

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _score.call(_memory.call(input).Item1[.., -1]);
    }

    /// <summary>One block over tokens (N, 4, 8).</summary>
    private sealed class Transformer : Module<Tensor, Tensor>
    {
        private readonly bool _normalizesFirst;
        private readonly Linear _embed = Linear(8, 8);
        private readonly Parameter _position = new(zeros(4, 8));
        private readonly LayerNorm _norm1 = LayerNorm(8);
        private readonly Linear _query = Linear(8, 8);
        private readonly Linear _key = Linear(8, 8);
        private readonly Linear _value = Linear(8, 8);
        private readonly Linear _mix = Linear(8, 8);
        private readonly LayerNorm _norm2 = LayerNorm(8);
        private readonly Linear _first = Linear(8, 12);
        private readonly Linear _second = Linear(12, 8);
        private readonly LayerNorm _norm3 = LayerNorm(8);
        private readonly Linear _score = Linear(8, 3);

        public Transformer(bool normalizesFirst)
            : base(nameof(Transformer))
        {
            _normalizesFirst = normalizesFirst;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var stream = _embed.call(input) + _position;
            if (_normalizesFirst)
            {
                stream += Mixed(_norm1.call(stream));
                stream += _second.call(F.gelu(_first.call(_norm2.call(stream))));
                return _score.call(_norm3.call(stream).mean([1]));
            }

            var mixed = _norm1.call(stream + Mixed(stream));
            var last = _norm2.call(mixed + _second.call(F.gelu(_first.call(mixed))));
            return _score.call(_norm3.call(last + mixed).mean([1]));
        }

        private Tensor Mixed(Tensor input) => _mix.call(
            softmax(matmul(_query.call(input), _key.call(input).transpose(1, 2)) / Math.Sqrt(8), -1).matmul(_value.call(input)));
    }
}
