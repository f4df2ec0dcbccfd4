using Rubato.Runs.Records;
using Rubato.Torch.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests;

/// <summary>What a trainer does with what cannot be used, and with runs that fail.</summary>
public sealed class NetworkTrainerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _inputs;
    private readonly Tensor _classes;
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "scratch", Path.GetRandomFileName(), "first");

    public NetworkTrainerTests()
    {
        Engine.Seed(5);
        _classes = arange(300) % 2;
        _inputs = randn(300, 6) + ((2 * _classes.to(ScalarType.Float32)) - 1).unsqueeze(1);
    }

    public static TheoryData<Rate?> Rates => new(null, 0.1, (Rate)Schedule.OneCycle(0.1));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TrainerSettings Short => new() { Length = Duration.Epochs(5), BatchSize = 20, Threads = 1, Seed = 3 };

    private ISamples<SupervisedBatch> Train => Samples.Of(_inputs, _classes);

    [Theory]
    [MemberData(nameof(Rates))]
    public void Fit_LossThatIsNoNumberFromTheStart_DivergedWithoutAnUpdate(Rate? rate)
    {
        using var network = new Own();
        var before = Values(network.parameters());

        var run = new Trainer(network, Samples.Of(_inputs * double.NaN, _classes), Losses.CrossEntropy, Short).Fit(rate, cancellation: Token);

        Assert.Equal((RunStatus.Diverged, 0L), (run.Status, run.Updates));
        Assert.Equal(
            "the loss was not finite before any update; look for numbers that are not finite in the samples and in the weights.", run.Reason);
        Assert.Equal(before, Values(network.parameters()));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Fit_OneSampleThatIsNoNumber_EndsWithAStatus(Rate? rate)
    {
        using var network = new Own();
        var inputs = _inputs.clone();
        inputs[17] = double.NaN;

        var run = new Trainer(network, Samples.Of(inputs, _classes), Losses.CrossEntropy, Short).Fit(rate, cancellation: Token);

        Assert.Equal(RunStatus.Diverged, run.Status);
        Assert.NotNull(run.Reason);
    }

    [Fact]
    public void FindRates_LossThatIsNoNumberFromTheStart_NoRangeAndTheReason()
    {
        using var network = new Own();

        var found = new Trainer(network, Samples.Of(_inputs * double.NaN, _classes), Losses.CrossEntropy, Short).FindRates(cancellation: Token);

        Assert.Null(found.Range);
        Assert.NotNull(found.Reason);
    }

    [Fact]
    public void Fit_ListenerThatThrows_TheFolderIsCompleteAndNotGivenToAnotherRun()
    {
        using var network = new Own();
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Folder = _folder });

        Assert.Throws<TimeoutException>(() => trainer.Fit(0.01, new Each(epoch => throw new TimeoutException()), Token));

        Assert.Equal(
            ["config.yaml", "epochs.csv", "steps.jsonl", "summary.json"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var summary = SummaryFile.Read(Path.Combine(_folder, "summary.json"));
        Assert.Equal((RunStatus.Failed, 15L), (summary.Status, summary.Updates));
        var before = State(network);
        Assert.Equal(
            [$"Folder is '{_folder}', but that exists already, and each run needs a folder of its own; choose another name, or remove it."],
            Refused(() => trainer.Fit(0.01, cancellation: Token)));
        Assert.Equal(before, State(network));
    }

    [Fact]
    public void Fit_InputThatShowsAtTheFirstUpdate_LeavesNoFolder()
    {
        using var network = new Own { HasIdlePart = true };
        var trainer = new Trainer(network, Train, Losses.CrossEntropy, Short with { Folder = _folder });

        Assert.StartsWith("parameter is '_idle.weight'", Refused(() => trainer.Fit(0.01, cancellation: Token))[0], StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder));
    }

    public static TheoryData<string, string> WrongSamples => new()
    {
        {
            "targets of floating point",
            "cannot be computed, tried with inputs (20, 6) Float32 and targets (20) Float32, of which the network makes outputs (20, 2) Float32: "
            + "expected scalar type Long but found Float; give inputs that the network takes, and targets that the loss takes."
        },
        {
            "targets of two dimensions",
            "cannot be computed, tried with inputs (20, 6) Float32 and targets (20, 1) Int64, of which the network makes outputs (20, 2) Float32: "
            + "0D or 1D target tensor expected, multi-target not supported; give inputs that the network takes, and targets that the loss takes."
        },
        {
            "inputs that are too wide",
            "cannot be computed, tried with inputs (22, 7) Float32 and targets (22) Int64: "
            + "mat1 and mat2 shapes cannot be multiplied (22x7 and 6x16); give inputs that the network takes, and targets that the loss takes."
        },
        {
            "one class number too high",
            "cannot be computed, tried with inputs (22, 6) Float32 and targets (22) Int64, of which the network makes outputs (22, 2) Float32: "
            + "Target 2 is out of bounds; give inputs that the network takes, and targets that the loss takes."
        },
        {
            "one class number below 0",
            "cannot be computed, tried with inputs (22, 6) Float32 and targets (22) Int64, of which the network makes outputs (22, 2) Float32: "
            + "Target -1 is out of bounds; give inputs that the network takes, and targets that the loss takes."
        },
    };

    [Theory]
    [MemberData(nameof(WrongSamples))]
    public void Fit_SamplesThatDoNotFit_RefusedBeforeAnything(string wrong, string finding)
    {
        using var network = new Own();
        network.train(false);
        var samples = Wrong(wrong);
        var before = State(network);

        Assert.Equal(
            [$"samples {finding}"],
            Refused(() => new Trainer(network, samples, Losses.CrossEntropy, Short with { Folder = _folder }).Fit(0.01, cancellation: Token)));
        Assert.Equal(
            [$"heldOut {finding}"],
            Refused(() => new Trainer(network, Train, Losses.CrossEntropy, Short with { Folder = _folder }, samples).Fit(cancellation: Token)));
        Assert.Equal(
            [$"samples {finding}", $"heldOut {finding}"],
            Refused(() => new Trainer(network, samples, Losses.CrossEntropy, Short with { Folder = _folder }, samples).Fit(cancellation: Token)));
        Assert.Equal([$"samples {finding}"], Refused(() => new Trainer(network, samples, Losses.CrossEntropy, Short).FindRates(cancellation: Token)));
        Assert.Equal(before, State(network));
        Assert.False(Path.Exists(_folder));
    }

    [Fact]
    public void Fit_LossOfOneNumberASample_Refused()
    {
        using var network = new Own();

        Assert.Equal(
            ["loss is (22) Float32 for 22 samples, but must be one number of floating point; return the mean over the batch."],
            Refused(() => new Trainer(
                network,
                Train,
                (outputs, targets) => functional.cross_entropy(outputs, targets, reduction: Reduction.None),
                Short).Fit(0.01, cancellation: Token)));
    }

    [Fact]
    public void Fit_TargetsThatMeanSquaredErrorRefuses_TheRemedyOfTheLossNamed()
    {
        using var network = Linear(6, 1);

        Assert.Equal(
            "samples cannot be computed, tried with inputs (20, 6) Float32 and targets (20) Float32, of which the network makes outputs (20, 1) Float32: "
            + "The outputs have the shape (20, 1), but the targets (20); give targets of the shape of the outputs, for instance by unsqueeze(1); "
            + "give inputs that the network takes, and targets that the loss takes.",
            Refused(() => new Trainer(network, Samples.Of(_inputs, _inputs.sum(1)), Losses.MeanSquaredError, Short).Fit(cancellation: Token)).Single());
    }

    [Fact]
    public void Fit_BatchesOfAnOwnTypeThatFail_TheirTypeNamed()
    {
        using var network = Linear(6, 1);
        var samples = Samples.Of(300, rows => new Pair(_inputs[tensor(rows)], zeros(3)));

        Assert.Equal(
            "samples cannot be computed, tried with 20 as a Pair: The size of tensor a (20) must match the size of tensor b (3) at non-singleton "
            + "dimension 0; give inputs that the network takes, and targets that the loss takes.",
            Refused(() => new Trainer<Pair>(network, samples, batch => (network.call(batch.Left)[.., 0] - batch.Right).mean(), Short)
                .Fit(0.01, cancellation: Token)).Single());
    }

    /// <summary>-100 is the number that cross entropy passes over.</summary>
    [Fact]
    public void Fit_ClassNumbersThatTheLossPassesOver_Trained()
    {
        using var network = new Own();
        var classes = _classes.clone();
        classes[3] = -100;

        Assert.Equal(RunStatus.Completed, new Trainer(network, Samples.Of(_inputs, classes), Losses.CrossEntropy, Short).Fit(0.01, cancellation: Token).Status);
    }

    [Fact]
    public void Fit_ClassNumbersOf32BitsFromAFunction_Trained()
    {
        using var network = new Own();
        var classes = _classes.to(ScalarType.Int32);
        var samples = Samples.Of(300, rows => new SupervisedBatch(_inputs[tensor(rows)], classes[tensor(rows)]));

        var run = new Trainer(network, samples, Losses.CrossEntropy, Short, samples).Fit(0.01, cancellation: Token);

        Assert.InRange(run.Accuracy!.Value, 0.8, 1);
    }

    /// <summary>A part that its owner has frozen in evaluation mode stays so, and the samples' check draws nothing.</summary>
    [Fact]
    public void FindRates_PartInEvaluationMode_ModesAsBefore()
    {
        using var network = new Own();
        network.Norm.eval();

        _ = new Trainer(network, Train, Losses.CrossEntropy, Short).FindRates(cancellation: Token);

        Assert.Equal((true, false), (network.training, network.Norm.training));
    }

    [Fact]
    public void Fit_SeveralSettingsThatCannotBeUsed_AllAtOnce()
    {
        using var network = new Own();
        network.to(ScalarType.BFloat16);
        var settings = Short with
        {
            BatchSize = 0,
            Momentum = 1.5,
            WeightDecay = -1,
            Warmup = 1,
            MicroBatch = 0,
            Threads = 0,
            Device = new Device(DeviceType.CUDA, 99),
            Folder = " ",
        };

        Assert.Equal(
            [
                "Warmup is 1; it must be at least 0 and below 1, for instance 0.05.",
                "MicroBatch is 0; it must be at least 1, for instance 64.",
                $"Threads is 0; it must be at least 1 and at most {Engine.MostThreads}; leave it out for the usual number.",
                $"Device is 'cuda:99', but this libtorch ({Engine.LibtorchVersion}) sees {Engine.CudaDevices} CUDA devices; "
                    + "take the CPU, or reference a libtorch with CUDA, such as TorchSharp-cuda-linux.",
                "BatchSize is 0; it must be at least 1 and at most 2147483647 when rounded.",
                "Momentum is 1.5; it must be at least 0 and below 1.",
                "WeightDecay is -1; it must be a finite number of at least 0.",
                "network is 'own', which has parameters of the type BFloat16; convert all of them to Float32 or Float64 by network.to(...).",
                "Folder is ' ', which is no name; write one, for instance runs/first, or leave it out.",
            ],
            Refused(() => new Trainer(network, Train, Losses.CrossEntropy, settings).Fit(0.01, cancellation: Token)));
    }

    [Fact]
    public void Fit_DeviceOfAnotherKind_Refused()
    {
        using var network = new Own();

        Assert.Equal(
            ["Device is 'mps'; it must be the CPU or a CUDA device."],
            Refused(() => new Trainer(network, Train, Losses.CrossEntropy, Short with { Device = new Device(DeviceType.MPS) }).Fit(0.01, cancellation: Token)));
    }

    [Fact]
    public void Fit_GhostBatchWithTorchSharpsNormalization_TheOtherLayerNamed()
    {
        using var network = new Own();

        Assert.Equal(
            [
                "GhostBatch is 10, but the network own has BatchNorm1d, and only a GhostBatchNorm has ghost batches; "
                + "put Rubato.Torch.Layers.GhostBatchNorm(channels) in place of BatchNorm1d, or leave it out.",
            ],
            Refused(() => new Trainer(network, Train, Losses.CrossEntropy, Short with { GhostBatch = 10 }).Fit(0.01, cancellation: Token)));
    }

    // A normalization that stays local would make the network another with each number of processes.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_SyncBatchNormWithTorchSharpsNormalization_TheOtherLayerNamed(bool hasBoth)
    {
        using Module<Tensor, Tensor> network = hasBoth ? Sequential(new Own(), new Rubato.Torch.Layers.GhostBatchNorm(2)) : new Own();

        Assert.Equal(
            [
                $"SyncBatchNorm is 'on', but the network {network.GetName()} has BatchNorm1d, and only a GhostBatchNorm has statistics of all "
                + "processes; put Rubato.Torch.Layers.GhostBatchNorm(channels) in place of BatchNorm1d, or leave it out.",
            ],
            Refused(() => new Trainer(network, Train, Losses.CrossEntropy, Short with { SyncBatchNorm = true }).Fit(0.01, cancellation: Token)));
    }

    [Fact]
    public void Fit_WhileARunGoesOn_RefusedAndTheFirstGoesOn()
    {
        using var network = new Own();
        using var other = new Own();
        var second = new Trainer(other, Train, Losses.CrossEntropy, Short);
        var messages = new List<string>();

        var run = new Trainer(network, Train, Losses.CrossEntropy, Short).Fit(
            0.01,
            new Each(_ =>
            {
                messages.Add(Assert.Throws<InvalidOperationException>(() => second.Fit(0.01, cancellation: Token)).Message);
                var thread = new Thread(() => messages.Add(Assert.Throws<InvalidOperationException>(() => second.FindRates(cancellation: Token)).Message));
                thread.Start();
                thread.Join();
            }),
            Token);

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Equal(
            [
                "A range test cannot begin while a training goes on in this process, since both would share libtorch's random state and threads; "
                    + "begin it when the other has ended.",
                "A training cannot begin while a training goes on in this process, since both would share libtorch's random state and threads; "
                    + "begin it when the other has ended.",
            ],
            messages.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(RunStatus.Completed, second.Fit(0.01, cancellation: Token).Status);
    }

    public void Dispose()
    {
        _scope.Dispose();
        if (Directory.Exists(Path.GetDirectoryName(_folder)))
        {
            Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
        }
    }

    private ISamples<SupervisedBatch> Wrong(string what)
    {
        var classes = _classes.clone();
        switch (what)
        {
            case "targets of floating point":
                return Samples.Of(_inputs, classes.to(ScalarType.Float32));
            case "targets of two dimensions":
                return Samples.Of(300, rows => new SupervisedBatch(_inputs[tensor(rows)], classes[tensor(rows)].unsqueeze(1)));
            case "inputs that are too wide":
                return Samples.Of(cat([_inputs, ones(300, 1)], 1), classes);
            default:
                classes[211] = what == "one class number too high" ? 2 : -1;
                return Samples.Of(_inputs, classes);
        }
    }

    private static IReadOnlyList<string> Refused(Action action) =>
        [.. Assert.Throws<InvalidInputException>(action).Findings.Select(finding => $"{finding}")];

    private static (string Values, string Modes) State(Module network) =>
        (Values(network.state_dict().Values), string.Join(' ', network.modules().Select(module => module.training)));

    private static string Values(IEnumerable<Tensor> tensors) => string.Join(
        ' ', tensors.SelectMany(tensor => MemoryOrder.ToArray<double>(tensor.to(ScalarType.Float64))).Select(number => $"{number:R}"));

    private sealed record Pair(Tensor Left, Tensor Right);

    private sealed class Own : Module<Tensor, Tensor>
    {
        private readonly Linear _first = Linear(6, 16);
        private readonly Dropout _dropout = Dropout(0.1);
        private readonly Linear _last = Linear(16, 2);
        private readonly Linear _idle = Linear(1, 1);

        public Own()
            : base("own")
        {
            RegisterComponents();
            HasIdlePart = false;
        }

        public BatchNorm1d Norm { get; } = BatchNorm1d(16);

        public bool HasIdlePart
        {
            init
            {
                _idle.weight!.requires_grad = value;
                _idle.bias!.requires_grad = value;
            }
        }

        public override Tensor forward(Tensor input) => _last.call(_dropout.call(Norm.call(_first.call(input)).relu()));
    }

    private sealed class Each(Action<EpochRecord> told) : Listener
    {
        public override void OnEvent(TrainingEvent happened)
        {
            if (happened is EpochRecord epoch)
            {
                told(epoch);
            }
        }
    }
}
