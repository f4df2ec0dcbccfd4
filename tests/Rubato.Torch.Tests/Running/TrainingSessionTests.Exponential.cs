using System.Collections.Immutable;
using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Runs.Logs;
using Rubato.Runs.Records;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingSessionTests
{
    private TrainSettings Decayed => _scratch.Small with
    {
        Data = "glyphs(train 400)",
        Network = "mlp(32, norm batch)",
        LearningRate = Rate.Parse("multi-step(0.05, gamma 0.2, at 1ep)"),
        WeightDecay = Schedule.Parse("0.02"),
        Batch = 40,
        Epochs = 3,
    };

    [Theory]
    [InlineData("exponential")]
    [InlineData("texp")]
    public void Run_Exponential_TheRunWithWeightDecay(string form)
    {
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        var first = _scratch.RunIn(ScalarType.Float64, Decayed, decaying);
        var second = _scratch.RunIn(ScalarType.Float64, Decayed with { Rewrite = RewriteSequence.Parse(form) }, growing);

        Assert.Equal(
            decaying.Steps.Select(step => (step.Step, step.Samples, step.LearningRate, step.WeightDecay, step.Momentum)),
            growing.Steps.Select(step => (step.Step, step.Samples, step.LearningRate, step.WeightDecay, step.Momentum)));
        AssertSameLosses(decaying, growing);
        Assert.Equal(first.TestLoss, second.TestLoss, Rounding);
        AssertSameWeights(decaying, growing);
        Assert.Null(first.Exponential);
        Assert.Equal((form, 32L * 784), (second.Exponential?.Form, second.Exponential?.ScaleInvariant));
        Assert.InRange(second.Exponential?.LossChange ?? 1, 0, Rounding);
        Assert.Equal(growing.Steps[^1].ExponentialRateLog10, second.Exponential?.Log10Rate);
    }

    [Theory]
    [InlineData("exponential")]
    [InlineData("texp")]
    public void Run_Exponential_RatesOfTheExponentialPlan(string form)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Decayed with { Rewrite = RewriteSequence.Parse(form) }, listener);
        var planned = new TrainingPlan(UsualSettings.Plan(Decayed, samplesPerEpoch: 400));
        var rates = ExponentialRewrite.Parse(form).Apply(planned).EnumerateUpdates().Select(update => update.LogRate / Math.Log(10)).ToList();
        Assert.Equal(rates.Count, listener.Steps.Count);
        Assert.All(rates.Zip(listener.Steps), pair => Assert.Equal(pair.First, pair.Second.ExponentialRateLog10!.Value, 1e-12));
    }

    [Fact]
    public void Run_EffectiveRate_EveryTenthUpdateAndTheSameInBothForms()
    {
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        _scratch.RunIn(ScalarType.Float64, Decayed, decaying);
        _scratch.RunIn(ScalarType.Float64, Decayed with { Rewrite = RewriteSequence.Parse("exponential") }, growing);
        Assert.Equal([1, 11, 21], decaying.Steps.Where(step => !double.IsNaN(step.EffectiveRate)).Select(step => step.Step));
        Assert.All(
            decaying.Steps.Zip(growing.Steps).Where(pair => !double.IsNaN(pair.First.EffectiveRate)),
            pair => Assert.Equal(1, pair.Second.EffectiveRate / pair.First.EffectiveRate, Rounding));

        // Without normalization, and with updates that are no multiple of the rate times a sum of gradients, there is none.
        foreach (var other in new[] { Decayed with { Network = "mlp(32)" }, Decayed with { Optimizer = "adamw" } })
        {
            var listener = new Scratch.Silent();
            _scratch.Run(other, listener);
            Assert.All(listener.Steps, step => Assert.Equal(double.NaN, step.EffectiveRate));
        }
    }

    // With momentum 0.99 a steady growth could stand for rates up to 0.000126 only, and this one comes to 0.1.
    [Fact]
    public void Run_RateBeyondAnySteadyGrowth_GrowsAnew()
    {
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { LearningRate = Rate.Parse("linear(0.001 -> 0.1, 2ep) then plateau(0.1)"), Momentum = Schedule.Parse("0.99"), WeightDecay = Schedule.Parse("0.2") };
        _scratch.RunIn(ScalarType.Float64, settings, decaying);
        var summary = _scratch.RunIn(ScalarType.Float64, settings with { Rewrite = RewriteSequence.Parse("exponential") }, growing);
        Assert.Equal(RunStatus.Completed, summary.Status);
        AssertSameLosses(decaying, growing);
        Assert.Contains(growing.Steps.Zip(growing.Steps.Skip(1)), pair => pair.Second.ExponentialRateLog10 < pair.First.ExponentialRateLog10 - 0.1);
    }

    [Theory]
    [InlineData("0", "", false)]
    [InlineData("0", "2.weight(weight-decay 1e-3)", true)]
    [InlineData("1e-3", "", true)]
    public void Run_WeightDecay_SaidWhetherThereIsAny(string decay, string groups, bool decays)
    {
        var listener = new Scratch.Silent();
        _scratch.Run(Decayed with { WeightDecay = Schedule.Parse(decay), Groups = ParameterGroups.Parse(groups), Rewrite = RewriteSequence.Parse("exponential"), Epochs = 1 }, listener);
        Assert.Equal(decays, listener.Description?.Decays);
    }

    [Fact]
    public void Run_GradientsAndTheirNoise_AreThoseOfTheRunWithWeightDecay()
    {
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { LearningRate = Rate.Parse("constant(0.01)"), WeightDecay = Schedule.Parse("2"), Momentum = Schedule.Parse("0"), MeasureNoise = 1, MicroBatch = 10 };
        _scratch.RunIn(ScalarType.Float64, settings, decaying);
        _scratch.RunIn(ScalarType.Float64, settings with { Rewrite = RewriteSequence.Parse("exponential") }, growing);
        Assert.All(decaying.Steps.Zip(growing.Steps), pair => Assert.Equal(1, pair.Second.GradientNorm / pair.First.GradientNorm, Rounding));
        var (first, second) = (NoiseOf(decaying), NoiseOf(growing));
        Assert.Equal(30, first.Length);
        Assert.All(first.Zip(second), pair => Assert.Equal(1, pair.Second.Trace / pair.First.Trace, Rounding));
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First.SquaredNorm, pair.Second.SquaredNorm, Rounding * (pair.First.Trace + Math.Abs(pair.First.SquaredNorm))));
    }

    // 1 - 0.05 * 2 of the weights remain after each update: 23 times as long in 30.
    [Fact]
    public void Run_WeightsFarBeyondTheirLength_AreWrittenAsWithWeightDecay()
    {
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { LearningRate = Rate.Parse("constant(0.05)"), WeightDecay = Schedule.Parse("2"), Momentum = Schedule.Parse("0"), Groups = ParameterGroups.Parse("*.bias(weight-decay 0); 4.weight(weight-decay 0); 2.weight(weight-decay 0)") };
        _scratch.RunIn(ScalarType.Float64, settings, decaying);
        var summary = _scratch.RunIn(ScalarType.Float64, settings with { Rewrite = RewriteSequence.Parse("exponential") }, growing);
        Assert.Equal(((59 * -Math.Log(0.9)) + Math.Log(0.05)) / Math.Log(10), summary.Exponential?.Log10Rate ?? 0, 1e-9);
        AssertSameWeights(decaying, growing);
    }

    public static TheoryData<object> Deciding =>
    [
        new TrainSettings { LearningRate = Rate.Parse("autowarmup") },
        new TrainSettings { LearningRate = Rate.Parse("plateau(0.05)") },
        new TrainSettings { LearningRate = Rate.Parse("linear(0 -> 0.05, 1ep) then cosine(0.05 -> 0)"), Guard = true },
        new TrainSettings { LearningRate = Rate.Parse("constant(0.05)"), Batch = Batch.Parse("adaptive(20)") },
        new TrainSettings { LearningRate = Rate.Parse("0.05"), Rewrite = RewriteSequence.Parse("grow-batch(max 80)") },
    ];

    [Theory]
    [MemberData(nameof(Deciding))]
    public void Run_RateDecidedWhileTraining_GrowsAllTheSame(object given)
    {
        var how = (TrainSettings)given;
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { LearningRate = how.LearningRate, Guard = how.Guard, Batch = how.Batch == 128 ? 40 : how.Batch, Rewrite = how.Rewrite };
        _scratch.RunIn(ScalarType.Float64, settings, decaying);
        var summary = _scratch.RunIn(ScalarType.Float64, settings with { Rewrite = how.Rewrite with { Exponential = RewriteSequence.Parse("exponential").Exponential } }, growing);
        Assert.Equal(RunStatus.Completed, summary.Status);
        AssertSameLosses(decaying, growing);
        Assert.True(growing.Steps[^1].ExponentialRateLog10 > Math.Log10(growing.Steps[^1].LearningRate) || growing.Steps[^1].LearningRate == 0);
    }

    // What is tried out before has weight decay in both.
    [Theory]
    [InlineData("auto")]
    [InlineData("one-cycle")]
    public void Run_RateFoundBefore_IsThatOfTheRunWithWeightDecay(string rate)
    {
        var (decaying, growing) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { Data = "glyphs(train 2000)", LearningRate = Rate.Parse(rate), WeightDecay = Schedule.Parse("0.01"), Epochs = 4 };
        _scratch.RunIn(ScalarType.Float64, settings, decaying);
        _scratch.RunIn(ScalarType.Float64, settings with { Rewrite = RewriteSequence.Parse("exponential") }, growing);
        Assert.Equal(decaying.Steps.Select(step => step.LearningRate), growing.Steps.Select(step => step.LearningRate));
        Assert.Equal(decaying.Rehearsal?.PeakLearningRate, growing.Rehearsal?.PeakLearningRate);
        AssertSameLosses(decaying, growing);
    }

    [Fact]
    public void Run_FrozenLastLayerAndNormalizations_StayAndAllElseGrows()
    {
        var (start, listener) = (new Scratch.Silent(), new Scratch.Silent());
        var settings = Decayed with { FreezeLast = true, NoAffine = true, Rewrite = RewriteSequence.Parse("exponential") };
        _scratch.Run(settings with { LearningRate = Rate.Parse("constant(0)") }, start);
        var summary = _scratch.Run(settings, listener);
        var (before, after) = (_scratch.Weights(start.Description!), _scratch.Weights(listener.Description!));
        Assert.Equal(before["4.weight"], after["4.weight"]);
        Assert.Equal(before["4.bias"], after["4.bias"]);
        Assert.All(after["2.weight"], value => Assert.Equal(1, value));
        Assert.All(after["2.bias"], value => Assert.Equal(0, value));
        Assert.NotEqual(before["1.weight"], after["1.weight"]);
        Assert.Equal(32 * 785, summary.Parameters);
        Assert.Equal(32 * 784, summary.Exponential?.ScaleInvariant);
    }

    public static TheoryData<object, string> RefusedExponential => new()
    {
        {
            new TrainSettings { Network = "mlp(16)", Rewrite = RewriteSequence.Parse("exponential") },
            "Rewrite is 'exponential', but the network mlp(16) has no weights that only a normalization follows, and no others can grow; choose a network with normalization, or leave the rewrite out."
        },
        {
            new TrainSettings { Network = "mlp(16, norm batch)", Optimizer = "adamw", Rewrite = RewriteSequence.Parse("exponential") },
            "rewrite is 'exponential', but --optimizer is 'adamw': weight decay can be written as a growing rate only for sgd with heavy-ball momentum and a buffer that is kept; choose --optimizer sgd, or leave the rewrite out."
        },
        {
            new TrainSettings { Network = "mlp(16, norm batch)", Optimizer = "sgd(buffer rescale)", Rewrite = RewriteSequence.Parse("texp") },
            "rewrite is 'texp', but --optimizer is 'sgd(buffer rescale)': weight decay can be written as a growing rate only for sgd with heavy-ball momentum and a buffer that is kept; choose --optimizer sgd, or leave the rewrite out."
        },
        {
            new TrainSettings { Network = "mlp(16, norm batch)", WeightDecay = Schedule.Parse("12"), Rewrite = RewriteSequence.Parse("exponential") },
            "Rewrite 'exponential', update 1, at sample 0: weight decay 12 at learning rate 0.1 and momentum 0.9 takes away more than all of the weights (alpha = -0.2, and it must be above 0), which no growing rate can stand for; lower the weight decay or the learning rate."
        },
        {
            new TrainSettings { Network = "mlp(16, norm batch)", LearningRate = Rate.Parse("plateau(0.1)"), Rewrite = RewriteSequence.Parse("texp") },
            "rewrite is 'texp', but --lr is 'plateau(0.1)': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
        {
            new TrainSettings { Network = "mlp(16, norm batch)", LearningRate = Rate.Polyak(), Rewrite = RewriteSequence.Parse("exponential") },
            "rewrite is 'exponential', but --lr is 'polyak': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out."
        },
        {
            new TrainSettings { Network = "mlp(16)", NoAffine = true },
            "NoAffine is given, but the network mlp(16) has no normalization; leave it out."
        },
    };

    [Theory]
    [MemberData(nameof(RefusedExponential))]
    public void Run_NoExponentialForm_OneSentenceAndNoFolder(object given, string finding)
    {
        var asked = (TrainSettings)given;
        var settings = asked with { Data = "glyphs(train 200)", LearningRate = asked.LearningRate ?? Rate.Parse("step(0.1, gamma 0.5, every 1ep)"), Out = Path.Combine(_scratch.Folder!, "runs") };
        Assert.Equal([finding], Assert.Throws<InvalidInputException>(() => _scratch.Run(settings)).Message.Split('\n'));
        Assert.False(Directory.Exists(settings.Out));
    }

    private static ImmutableArray<NoiseRecord> NoiseOf(Scratch.Silent run) => NoiseLog.Read(Path.Combine(run.Description!.Folder!, "noise.jsonl"));

    // Of each tensor, beside its largest number.
    private void AssertSameWeights(Scratch.Silent expected, Scratch.Silent actual)
    {
        var (weights, others) = (_scratch.Weights(expected.Description!), _scratch.Weights(actual.Description!));
        Assert.Equal(weights.Keys, others.Keys);
        foreach (var (name, values) in weights)
        {
            var scale = Math.Max(values.Max(Math.Abs), 1e-6);
            var difference = values.Zip(others[name], (a, b) => Math.Abs(a - b)).Max();
            Assert.True(difference <= Rounding * scale, $"{name}: differs by {difference / scale} of its largest number");
        }
    }
}
