using Rubato.RangeTests;
using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Torch.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests;

public sealed partial class TrainerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _inputs;
    private readonly Tensor _classes;

    // Two clouds of points around (1, 1, ...) and (-1, -1, ...).
    public TrainerTests()
    {
        Engine.Seed(5);
        _classes = arange(400) % 2;
        _inputs = randn(400, 6) + ((2 * _classes.to(ScalarType.Float32)) - 1).unsqueeze(1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TrainerSettings Short => new() { Length = Duration.Epochs(5), BatchSize = 20, Threads = 1, Seed = 3 };

    private ISamples<SupervisedBatch> Train => Samples.Of(_inputs[..300], _classes[..300]);

    private ISamples<SupervisedBatch> Test => Samples.Of(_inputs[300..], _classes[300..]);

    public static TheoryData<Rate?> Rates => new(
        null,
        Rate.Usual,
        0.01,
        (Rate)Schedule.OneCycle(0.01),
        Rate.RangeTested(CyclePolicy.OneCycle),
        Rate.AutoWarmup(),
        Rate.Plateau(0.01),
        Rate.Polyak());

    [Theory]
    [MemberData(nameof(Rates))]
    public void Fit_AnyRate_Learns(Rate? rate)
    {
        using var network = new Own();

        var run = new Trainer(network, Train, Losses.CrossEntropy, Short, Test).Fit(rate, cancellation: Token);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.InRange(run.Accuracy!.Value, 0.7, 1);
        Assert.InRange(run.Loss!.Value, 0, 0.6);
        Assert.Null(run.Folder);
        Assert.All(network.parameters(), parameter => Assert.False(parameter.IsInvalid));
    }

    [Fact]
    public void Fit_SameSeedAndWeights_TheSameRun()
    {
        var (first, second) = (new Told(), new Told());
        using (var network = Seeded())
        {
            new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(0.01, first, cancellation: Token);
        }

        using (var network = Seeded())
        {
            new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(0.01, second, cancellation: Token);
        }

        Assert.Equal(75, first.Losses.Count);
        Assert.Equal(first.Losses, second.Losses);
    }

    [Fact]
    public void Fit_OptimizerOfTorchSharps_UnderOneCycleWithItsOwnMomentum()
    {
        using var network = new Own();
        var settings = Short with { Optimizer = OptimizerChoice.Of(parameters => optim.AdamW(parameters, 1e-3, weight_decay: 0.02)) };
        var told = new Told();

        var run = new Trainer(network, Train, Losses.CrossEntropy, settings, Test).Fit(Schedule.OneCycle(0.01), told, cancellation: Token);

        Assert.InRange(run.Accuracy!.Value, 0.9, 1);
        Assert.Equal("AdamW", run.Summary.Optimizer);
        Assert.Equal(0.01, run.PeakLearningRate, 1e-3);
        Assert.All(told.Steps, step => Assert.Equal((0.9, 0.02), (step.Momentum, step.WeightDecay)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_GradientsClipped_EachIsAsLongAsTheLimitAndTheFolderSaysSo(bool isOfTorchSharp)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            using var network = new Own();
            var told = new Told();
            var optimizer = isOfTorchSharp ? OptimizerChoice.Of(parameters => optim.SGD(parameters, 0.1)) : OptimizerChoice.Sgd();
            var settings = Short with { Optimizer = optimizer, ClipNorm = Schedule.Linear(0.02, 0.01), Folder = folder };

            var run = new Trainer(network, Train, Losses.CrossEntropy, settings, Test).Fit(Schedule.Constant(0.1), told, cancellation: Token);

            Assert.Equal(1, run.Summary.ClippedShare);
            Assert.All(told.Steps, (step, i) => Assert.Equal(0.02 - (0.01 * i / 75), step.ClipFactor!.Value * step.GradientNorm, 1e-9));
            Assert.Contains("clip-norm: \"linear(0.02 -> 0.01)\"", File.ReadAllLines(Path.Combine(folder, "config.yaml")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Fit_OptimizerThatCannotDoWhatThePlanNeeds_RefusedByName()
    {
        using var network = new Own();
        var settings = Short with { Optimizer = OptimizerChoice.Of(parameters => optim.Adagrad(parameters)), Momentum = 0.9 };

        var message = Assert.Throws<InvalidInputException>(() => new Trainer(network, Train, Losses.CrossEntropy, settings).Fit(0.01, cancellation: Token)).Message;

        Assert.Contains("Adagrad", message, StringComparison.Ordinal);
        Assert.Contains("momentum", message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Fit_Regression_LossFallsAndThereIsNoAccuracy()
    {
        using var network = Linear(6, 1);
        var samples = Samples.Of(_inputs, _inputs.sum(1, keepdim: true));

        var run = new Trainer(network, samples, Losses.MeanSquaredError, Short, samples).Fit(cancellation: Token);

        Assert.Null(run.Accuracy);
        Assert.InRange(run.Loss!.Value, 0, 1);
    }

    [Fact]
    public void FindRates_Regression_AnswerWithoutAnAccuracy()
    {
        using var network = Linear(6, 1);
        var samples = Samples.Of(_inputs, _inputs.sum(1, keepdim: true));
        var points = new List<RangePoint>();
        var trainer = new Trainer(network, samples, Losses.MeanSquaredError, Short, samples);

        var found = trainer.FindRates(listener: Listener.Of<RangePointMeasured>(measured => points.Add(measured.Point)), cancellation: Token);
        var run = trainer.Fit(Rate.RangeTested(CyclePolicy.OneCycle), cancellation: Token);

        Assert.NotNull(found.Range);
        Assert.All(points, point => Assert.Null(point.Accuracy));
        Assert.Equal(found.Range.Value.MaxLr, run.Summary.RangeTest!.MaxLr!.Value, 1e-9);
        Assert.InRange(run.Loss!.Value, 0, 1);
    }

    [Fact]
    public void FindRates_ClassesThatAreNoRowsOfScores_AnswerWithoutAnAccuracy()
    {
        using var network = new Flat();
        var trainer = new Trainer(network, Train, (outputs, targets) => functional.binary_cross_entropy_with_logits(outputs, targets.to(outputs.dtype)), Short);

        Assert.NotNull(trainer.FindRates(cancellation: Token).Range);
    }

    [Fact]
    public void Fit_BatchesOfAnOwnType_TwoInputs()
    {
        using var network = new TwoInputs();
        var samples = Samples.Of(300, indices => new Pair(_inputs[tensor(indices.Select(i => (long)i).ToArray())], indices));
        var trainer = new Trainer<Pair>(network, samples, batch => network.Loss(batch.Left, batch.Left * 2), Short, samples);

        var (before, after) = (trainer.Fit(1e-9, cancellation: Token).Loss!.Value, trainer.Fit(0.05, cancellation: Token).Loss!.Value);

        Assert.True(after < before / 2, $"{before} -> {after}");
        Assert.True(trainer.FindRates(cancellation: Token) is not null);
    }

    [Fact]
    public void Fit_GrowBatch_TheBatchGrowsWhereTheRateWouldFall()
    {
        using var network = new Own();
        var told = new Told();
        var settings = Short with { Rewrite = new GrowBatch { MaxBatch = 80 } };

        new Trainer(network, Train, Losses.CrossEntropy, settings).Fit(Schedule.MultiStep(0.01, 0.5, [Duration.Epochs(3)]), told, cancellation: Token);

        Assert.Equal([20, 40], told.Steps.Select(step => step.BatchSize).Distinct());
        Assert.Equal([0.01], told.Steps.Select(step => step.LearningRate).Distinct());
    }

    [Fact]
    public void Fit_AFolder_HoldsTheRun()
    {
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "first");
        using var network = new Own();
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Folder = folder }, Test);

        var run = trainer.Fit(0.01, cancellation: Token);

        Assert.Equal(folder, run.Folder);
        Assert.Equal(
            ["config.yaml", "epochs.csv", "model.safetensors", "steps.jsonl", "summary.json"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("lr: \"0.01\"", File.ReadAllLines(Path.Combine(folder, "config.yaml")));
        Assert.StartsWith(
            $"Folder is '{folder}', but that exists already, and each run needs a folder of its own; choose another name, or remove it.",
            Assert.Throws<InvalidInputException>(() => trainer.Fit(0.01, cancellation: Token)).Message,
            StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    // Its updates are in proportion to the weights: a few of them stand a rate that a run does not.
    [Fact]
    public void FindRates_Lamb_StaysBelowTheLowestLossAsARunDoes()
    {
        using var network = new Own();
        var lamb = OptimizerChoice.Lamb();
        Trainer With(OptimizerChoice optimizer) => new(network, Train, Losses.CrossEntropy, Short with { Optimizer = optimizer });

        var lowest = With(lamb with { RangeMargin = 1 }).FindRates(cancellation: Token).Range!.Value;
        var found = With(lamb).FindRates(cancellation: Token).Range!.Value;
        var run = With(lamb).Fit(Rate.RangeTested(CyclePolicy.OneCycle), cancellation: Token);

        Assert.Equal((1, 4, 4), (OptimizerChoice.AdamW().RangeMargin, lamb.RangeMargin, OptimizerChoice.Lars().RangeMargin));
        Assert.Equal(4, lowest.MaxLr / found.MaxLr, 1e-9);
        Assert.Equal(found.MaxLr, run.Summary.RangeTest!.MaxLr!.Value, 1e-9 * found.MaxLr);
    }

    [Fact]
    public void FindRates_WhateverHappens_EverythingAsBefore()
    {
        using var network = new Own();
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short);
        var before = State(network);

        var found = trainer.FindRates(cancellation: Token);
        Assert.NotNull(found.Range);
        Assert.Equal(before, State(network));

        using var cancellation = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => trainer.FindRates(listener: new Cancelling(cancellation), cancellation: cancellation.Token));
        Assert.Equal(before, State(network));

        Assert.Throws<TimeoutException>(() => trainer.FindRates(listener: new Throwing(), cancellation: Token));
        Assert.Equal(before, State(network));
    }

    [Fact]
    public void Fit_RehearsalBrokenOff_NetworkAsBefore()
    {
        using var network = new Own();
        // Long enough for several miniature runs: the first of them breaks the rehearsal off.
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Length = Duration.Epochs(50) });
        var before = State(network)[..^2];

        using var cancellation = new CancellationTokenSource();
        Assert.Equal(RunStatus.Interrupted, trainer.Fit(listener: new Cancelling(cancellation), cancellation: cancellation.Token).Status);
        Assert.Equal(before, State(network)[..^2]);

        Assert.Throws<TimeoutException>(() => trainer.Fit(listener: new Throwing(), cancellation: Token));
        Assert.Equal(before, State(network)[..^2]);
        Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Fit_Cancelled_InterruptedAfterTheUpdateInProgress()
    {
        using var network = new Own();
        using var cancellation = new CancellationTokenSource();

        var run = new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(0.01, new Cancelling(cancellation), cancellation.Token);

        Assert.Equal((RunStatus.Interrupted, 3L), (run.Status, run.Updates));
    }

    [Fact]
    public void Fit_ParameterThatTheLossDoesNotUse_Named()
    {
        using var network = new Images(views: false) { IsLastUsed = false };
        var images = Samples.Of(randn(64, 2, 8, 8), arange(64) % 2);

        Assert.Equal(
            [
                "parameter is '_last.weight', but the loss does not depend on it, so that it has no gradient; "
                + "set its requires_grad to false, or use it in the network.",
                "parameter is '_last.bias', but the loss does not depend on it, so that it has no gradient; "
                + "set its requires_grad to false, or use it in the network.",
            ],
            Assert.Throws<InvalidInputException>(() => new Trainer(network, images, Losses.CrossEntropy, Short).Fit(0.01, cancellation: Token))
                .Findings.Select(finding => $"{finding}"));
    }

    /// <summary>The form on the page about plans: frozen for two epochs, and then on the plan's way.</summary>
    [Theory]
    [InlineData("sgd")]
    [InlineData("adamw")]
    public void Fit_LayerThatWaits_MovesAfterTwoEpochs(string optimizer)
    {
        using var network = new Own();
        var (first, last) = (network.get_parameter("_first.weight")!, network.get_parameter("_last.weight")!);
        var (firstBefore, lastBefore) = (first.clone(), last.clone());
        var moved = new List<(double Epoch, bool First, bool Last)>();
        var settings = Short with
        {
            Optimizer = optimizer == "sgd" ? OptimizerChoice.Sgd() : OptimizerChoice.AdamW(),
            Groups = ParameterGroups.Parse("_first.*(lr base * (constant(0, 2ep) then 1))"),
        };
        var told = new Epochs(epoch => moved.Add((epoch, !first.allclose(firstBefore, 0, 0), !last.allclose(lastBefore, 0, 0))));

        new Trainer(network, Train, Losses.CrossEntropy, settings).Fit(Schedule.Cosine(0.01, 0), told, Token);

        Assert.Equal([(1, false, true), (2, false, true), (3, true, true), (4, true, true), (5, true, true)], moved);
    }

    [Fact]
    public void Fit_NetworkWithoutParameters_TheRemedyNamed()
    {
        using var network = ReLU();

        Assert.Equal(
            "the network ReLU has no parameters; call RegisterComponents in its constructor, after its layers are made.",
            Assert.Throws<InvalidInputException>(() => new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(0.01, cancellation: Token)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_Ended_ModeAndThreadsAsBefore(bool wasTraining)
    {
        using var network = new Own();
        network.train(wasTraining);
        Engine.Threads = 2;

        new Trainer(network, Train, Losses.CrossEntropy, Short, Test).Fit(0.01, cancellation: Token);

        Assert.Equal((wasTraining, 2), (network.training, Engine.Threads));
    }

    [Fact]
    public void Fit_LossThatIsNotFinite_DivergedAndTheReason()
    {
        using var network = new Own();

        var run = new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(Schedule.Constant(1e38), cancellation: Token);

        Assert.Equal((RunStatus.Diverged, "the loss was not finite, and no guard went back."), (run.Status, run.Reason));
    }

    [Fact]
    public void Fit_NetworkOfHalfNumbers_OneSentence()
    {
        using var network = Linear(6, 2);
        network.to(ScalarType.BFloat16);

        Assert.Equal(
            "network is 'Linear', which has parameters of the type BFloat16; convert all of them to Float32 or Float64 by network.to(...).",
            Assert.Throws<InvalidInputException>(() => new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(0.01, cancellation: Token)).Message);
    }

    [Theory]
    [InlineData(false, "channels-last")]
    [InlineData(true, "contiguous")]
    public void Fit_Convolutions_ChannelsLastUnlessTheNetworkBreaks(bool views, string format)
    {
        using var network = new Images(views);
        var images = Samples.Of(randn(64, 2, 8, 8), arange(64) % 2);

        Assert.Equal(format, new Trainer(network, images, Losses.CrossEntropy, Short).Fit(0.01, cancellation: Token).Summary.MemoryFormat);
    }

    public void Dispose() => _scope.Dispose();

    private static Own Seeded()
    {
        Engine.Seed(11);
        return new Own();
    }

    private static string[] State(Module network)
    {
        using var random = Engine.RandomState();
        return
        [
            .. network.state_dict().Select(named => $"{named.Key} {Convert.ToHexString(named.Value.dtype == ScalarType.Int64
                ? System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(MemoryOrder.ToArray<long>(named.Value))
                : System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(MemoryOrder.ToArray<float>(named.Value)))}"),
            Convert.ToHexString(MemoryOrder.ToArray<byte>(random)),
            $"{network.training}",
        ];
    }

    private sealed record Pair(Tensor Left, int[] Numbers);

    private sealed class Epochs(Action<double> told) : Listener
    {
        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is EpochRecord epoch)
            {
                told(epoch.Epoch);
            }
        }
    }

    private sealed class Own : Module<Tensor, Tensor>
    {
        private readonly Linear _first = Linear(6, 16);
        private readonly BatchNorm1d _norm = BatchNorm1d(16);
        private readonly Dropout _dropout = Dropout(0.1);
        private readonly Linear _last = Linear(16, 2);

        public Own()
            : base("own") => RegisterComponents();

        public override Tensor forward(Tensor input) => _last.call(_dropout.call(_norm.call(_first.call(input)).relu()));
    }

    private sealed class Flat : Module<Tensor, Tensor>
    {
        private readonly Linear _last = Linear(6, 1);

        public Flat()
            : base("flat") => RegisterComponents();

        public override Tensor forward(Tensor input) => _last.call(input).squeeze(1);
    }

    private sealed class TwoInputs : Module
    {
        private readonly Linear _left = Linear(6, 4);
        private readonly Linear _right = Linear(6, 4);

        public TwoInputs()
            : base("two") => RegisterComponents();

        public Tensor Loss(Tensor left, Tensor right) => (_left.call(left) - _right.call(right)).square().mean() + (1 - _left.weight.norm()).square();
    }

    private sealed class Images : Module<Tensor, Tensor>
    {
        private readonly Conv2d _convolution = Conv2d(2, 4, 3, padding: 1);
        private readonly Linear _last = Linear(256, 2);
        private readonly bool _views;

        public bool IsLastUsed { get; init; } = true;

        public Images(bool views)
            : base("images")
        {
            _views = views;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var maps = _convolution.call(input).relu();
            return !IsLastUsed ? maps.mean([2, 3])[.., ..2] : _last.call(_views ? maps.view(input.shape[0], -1) : maps.flatten(1));
        }
    }

    private class Told : Listener
    {
        public List<StepRecord> Steps { get; } = [];

        public List<double> Losses => [.. Steps.Select(step => step.Loss)];

        public override void OnStep(in StepRecord record) => Steps.Add(record);
    }

    private sealed class Cancelling(CancellationTokenSource cancellation) : Told
    {
        public override void OnStep(in StepRecord record)
        {
            base.OnStep(record);
            if (Steps.Count == 3)
            {
                cancellation.Cancel();
            }
        }

        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is RangePointMeasured { Point.Update: 5 } or RehearsedRunRecord)
            {
                cancellation.Cancel();
            }
        }
    }

    private sealed class Throwing : Listener
    {
        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is RangePointMeasured { Point.Update: 5 } or RehearsedRunRecord)
            {
                throw new TimeoutException();
            }
        }
    }
}
