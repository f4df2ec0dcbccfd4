using Rubato.Cli.Settings;
using Rubato.Control;
using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Torch.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed class SingleSamplesTests : IDisposable
{
    private const string NoVariance = " normalizes over the batch, and one sample has no variance; ";

    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TrainerSettings Short => new()
    {
        Length = Duration.Epochs(2),
        BatchSize = 20,
        Threads = 1,
        Optimizer = OptimizerChoice.Sgd(),
        MemoryFormat = MemoryFormat.Contiguous,
    };

    public static TheoryData<string, TrainerSettings, Rate, string> Refused => new()
    {
        { "a remainder", Short with { Tail = EpochTail.Cut }, 0.01, "BatchSize is 20, and the update at sample 60 has one sample" },
        { "a remainder of the budget", Short with { Tail = EpochTail.Cut, Length = Duration.Samples(41) }, 0.01, "BatchSize is 20, and the update at sample 40 has one sample" },
        { "a batch of one", Short with { BatchSize = 1 }, 0.01, "BatchSize is 1, and the update at sample 0 has one sample" },
        { "a batch that begins at one", Short with { BatchSize = Schedule.Parse("multi-step(1, gamma 4, at 1ep)") }, 0.01, "BatchSize is 'multi-step(1, gamma 4, at 1ep)', and the update at sample 0 has one sample" },
        { "a batch that ends at one", Short with { BatchSize = Schedule.Parse("multi-step(4, gamma 0.25, at 1ep)") }, 0.01, "BatchSize is 'multi-step(4, gamma 0.25, at 1ep)', and the update at sample 60 has one sample" },
        { "a rewrite", Short with { BatchSize = 10, Rewrite = RewriteSequence.Parse("scale-batch(0.1)") }, 0.01, "BatchSize is 10, and the rewritten update at sample 0 has one sample" },
        { "a rewrite of shares", Short with { BatchSize = 10, Rewrite = RewriteSequence.Parse("scale-batch(0.1)") }, Rate.Rehearsed(), "BatchSize is 10, and the rewritten update at sample 0 has one sample" },
        { "a rate to be rehearsed", Short with { Tail = EpochTail.Cut }, Rate.Rehearsed(), "BatchSize is 20, and the update at sample 60 has one sample" },
        { "a rate to be range-tested", Short with { Tail = EpochTail.Cut }, Rate.RangeTested(CyclePolicy.OneCycle), "BatchSize is 20, and the update at sample 60 has one sample" },
        { "a micro-batch", Short with { MicroBatch = 1 }, 0.01, "MicroBatch is 1" },
        { "a batch that grows by what is measured", Short with { BatchSize = Batch.Adaptive(6, max: 20), Tail = EpochTail.Cut, Length = Duration.Samples(60) }, 0.01, "BatchSize is 'adaptive(6, max 20)', so that one sample may be left at the end of an epoch" },
        { "a rehearsal", Short with { Rehearsal = new RehearsalSettings { FewestSamples = 1 } }, Rate.Rehearsed(), "FewestSamples is 1, so that rates may be tried on one sample" },
    };

    /// <summary>61 samples, two values each.</summary>
    [Theory]
    [MemberData(nameof(Refused))]
    public void Fit_OneSampleForABatchNorm_RefusedBeforeAnything(string name, TrainerSettings settings, Rate rate, string start)
    {
        Assert.NotEmpty(name);
        Assert.All([Sequential(Linear(2, 4), BatchNorm1d(4), Linear(4, 2)), Sequential(Linear(2, 4), new GhostBatchNorm(4), Linear(4, 2))], network =>
        {
            var told = new Told();
            var sentence = Assert.Throws<InvalidInputException>(() => Of(network, settings).Fit(rate, told, Token)).Message;

            Assert.StartsWith($"{start}, but the network ", sentence, StringComparison.Ordinal);
            Assert.Contains(NoVariance, sentence, StringComparison.Ordinal);
            Assert.Equal(0, told.Count);
        });
    }

    [Theory]
    [InlineData(1, null, "BatchSize is 1, and the update at sample 0 has one sample")]
    [InlineData(20, 1, "MicroBatch is 1")]
    public void FindRates_OneSampleForABatchNorm_Refused(int batch, int? micro, string start)
    {
        var trainer = Of(Sequential(Linear(2, 4), BatchNorm1d(4), Linear(4, 2)), Short with { BatchSize = batch, MicroBatch = micro });

        Assert.StartsWith($"{start}, but the network ", Assert.Throws<InvalidInputException>(() => trainer.FindRates(cancellation: Token)).Message, StringComparison.Ordinal);
    }

    /// <summary>Its batches run on, whatever those of the run do.</summary>
    [Fact]
    public void FindRates_RemainderOfTheRun_NoMatter() =>
        Assert.NotNull(Of(Sequential(Linear(2, 4), BatchNorm1d(4), Linear(4, 2)), Short with { Tail = EpochTail.Cut }).FindRates(cancellation: Token));

    [Fact]
    public void Verify_OneSampleForABatchNorm_Refused()
    {
        Module<Tensor, Tensor> Build() => Sequential(Linear(2, 4), BatchNorm1d(4), Linear(4, 2));
        var trainer = Of(Build(), Short with { Tail = EpochTail.Cut, WeightDecay = 0.01, Rewrite = new ExponentialRewrite() }, heldOut: true);

        Assert.StartsWith(
            "BatchSize is 20, and the update at sample 60 has one sample, but the network ",
            Assert.Throws<InvalidInputException>(() => trainer.Verify(Build, 0.01, cancellation: Token)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Several values a channel in each sample, or statistics that do not move: one sample will do.</summary>
    [Fact]
    public void Fit_OneSampleWithValuesOrWithoutStatistics_Trains()
    {
        var frozen = BatchNorm1d(4);
        frozen.eval();
        Module<Tensor, Tensor>[] networks =
        [
            Sequential(Linear(2, 4), LayerNorm(4), Linear(4, 2)),
            Sequential(Linear(2, 4), frozen, Linear(4, 2)),
            Sequential(Unflatten(1, [1, 2]), BatchNorm1d(1), Flatten(), Linear(2, 2)),
            Sequential(Unflatten(1, [1, 1, 2]), new GhostBatchNorm(1), Flatten(), Linear(2, 2)),
            Sequential(Unflatten(1, [1, 1, 2]), BatchNorm2d(1), Flatten(), Linear(2, 2)),
        ];
        Assert.All(networks, network =>
        {
            Assert.Equal(RunStatus.Completed, Of(network, Short with { Tail = EpochTail.Cut }).Fit(0.01, cancellation: Token).Status);
            Assert.All(network.buffers(), buffer => Assert.False(buffer.isnan().any().item<bool>()));
        });
    }

    /// <summary>Maps of one pixel have one value a channel.</summary>
    [Fact]
    public void Fit_OneSampleForMapsOfOnePixel_Refused() =>
        Assert.All([BatchNorm2d(2), (Module<Tensor, Tensor>)new GhostBatchNorm(2)], norm =>
            Assert.Contains(
                NoVariance,
                Assert.Throws<InvalidInputException>(() =>
                    Of(Sequential(Unflatten(1, [2, 1, 1]), norm, Flatten(), Linear(2, 2)), Short with { BatchSize = 1 }).Fit(0.01, cancellation: Token)).Message,
                StringComparison.Ordinal));

    /// <summary>What the rehearsal costs decides where the last batch is cut.</summary>
    [Theory]
    [InlineData(39, 1160)]
    [InlineData(38, 1162)]
    [InlineData(1198, 2)]
    [InlineData(5000, 2)]
    public void With_RehearsalThatWouldLeaveOneSample_OneLess(long cost, long budget)
    {
        var task = Trained.Task(new TrainSettings { Data = "glyphs(train 400)", Network = "mlp(4)", Batch = 20, Epochs = 3, Tail = EpochTail.Cut });
        var found = new RehearsalResult
        {
            PeakRate = 0.1,
            Low = 0.1,
            High = 0.1,
            StartLoss = 1,
            Runs = [],
            Updates = 1,
            MicroBatch = 1,
            Samples = cost + 7,
            PaidSamples = cost,
            TookWeights = false,
            Doubt = RehearsalDoubt.BracketOnly,
        };

        Assert.Equal(budget, task.With(found, needsTwo: true).Plan.Samples);
        Assert.Null(task.With(found, needsTwo: true).Plan.FirstUpdateOf(1));
    }

    /// <summary>A measured batch of three is not taken apart into two and one.</summary>
    [Fact]
    public void Fit_NoiseOfABatchOfThreeWithABatchNorm_NotMeasured()
    {
        var network = Sequential(Linear(2, 4), BatchNorm1d(4), Linear(4, 2));
        var run = Of(network, Short with { BatchSize = 3, MeasureNoise = 1 }).Fit(0.01, cancellation: Token);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.All(network.buffers(), buffer => Assert.False(buffer.isnan().any().item<bool>()));
    }

    public void Dispose() => _scope.Dispose();

    private static Trainer Of(Module<Tensor, Tensor> network, TrainerSettings settings, bool heldOut = false)
    {
        Engine.Seed(3);
        var (inputs, classes) = (randn(61, 2), arange(61) % 2);
        var samples = Samples.Of(inputs, classes);
        return new Trainer(network, samples, Losses.CrossEntropy, settings, heldOut ? samples : null);
    }

    private sealed class Told : Listener
    {
        public int Count { get; private set; }

        public override void OnEvent(TrainingEvent happened) => Count++;

        public override void OnStep(in StepRecord record) => Count++;
    }
}
