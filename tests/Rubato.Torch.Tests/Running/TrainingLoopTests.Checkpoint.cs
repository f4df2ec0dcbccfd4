using Rubato.Control;
using Rubato.Rewrites;
using Rubato.Torch.Memory;
using Rubato.Torch.Optimizers;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests
{
    private const int SavedUpdates = 24;

    [Theory]
    [InlineData("sgd", 300)]
    [InlineData("nesterov", 300)]
    [InlineData("adamw", 30)]
    [InlineData("lamb", 30)]
    [InlineData("adamp", 30)]
    public void Load_SavedAtEveryUpdateOfARunThatGoesBack_TheRestIsTheSame(string optimizer, double rate)
    {
        var guard = new LossGuard(SavedUpdates) { ReferenceDrop = 1 };
        AssertTheRestIsTheSame(seed => new Training("mlp(8, norm batch, dropout 0.2)", optimizer, Plan(rate), guard, seed));
    }

    // Among what is saved is a moment before SGD has its buffers.
    [Theory]
    [InlineData(true, 300)]
    [InlineData(false, 30)]
    public void Load_OptimizerOfTorchSharpsInARunThatGoesBack_TheRestIsTheSame(bool isSgd, double rate)
    {
        var guard = new LossGuard(SavedUpdates) { ReferenceDrop = 1 };
        AssertTheRestIsTheSame(seed => new Training(
            "mlp(8, norm batch, dropout 0.2)",
            network => new TorchSharpOptimizer(
                ParameterGroup.Of(network),
                parameters => isSgd ? optim.SGD(parameters, 1, momentum: 0.9, nesterov: true) : optim.AdamW(parameters, amsgrad: true)),
            new PlanController(Plan(rate)),
            guard,
            seed));
    }

    // Half of the weights decay between rollbacks; how far they have grown instead is part of what is saved and of what is gone back to.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ExponentialFormOfARunThatGoesBack_TheRestIsTheSame(bool phased)
    {
        var guard = new LossGuard(SavedUpdates) { ReferenceDrop = 1 };
        var growth = new ExponentialGrowth { IsPhased = phased, Limit = 1.2 };
        var plan = new PlanController(new TrainingPlan(Plan(300).Settings with { WeightDecay = phased ? 1e-6 : 1e-4 }));
        AssertTheRestIsTheSame(seed => new Training("mlp(8, norm batch, dropout 0.2)", "sgd", plan, guard, seed, growth));
    }

    [Theory]
    [InlineData("rmsprop", 0.01)]
    [InlineData("adagrad", 0.1)]
    [InlineData("adadelta", 1)]
    [InlineData("sgdp", 0.1)]
    [InlineData("lars", 0.1)]
    public void Load_ConvolutionsInAnyOptimizer_TheRestIsTheSame(string optimizer, double rate)
    {
        using var whole = new Training("convnet(4, 8, dropout 0.2)", optimizer, Plan(rate), new LossGuard(20));
        Steps(whole, 3);
        var saved = SavedLoop.Of(whole.Loop);
        var expected = Steps(whole, 3);
        using var rest = new Training("convnet(4, 8, dropout 0.2)", optimizer, Plan(rate), new LossGuard(20), seed: 9);
        saved.LoadInto(rest.Loop);
        Assert.Equal(expected, Steps(rest, 3));
        Assert.Equal(whole.Weights(), rest.Weights());
    }

    // libtorch would end the process.
    [Fact]
    public void Load_DamagedRandomState_IsRefusedByTheFilesNameAndChangesNothing()
    {
        using var training = new Training("mlp(8)", "sgd", Plan(0.1), new LossGuard(20));
        Steps(training, 2);
        var saved = SavedLoop.Of(training.Loop);
        using var state = Engine.RandomState();
        var bytes = saved.Tensors;
        var place = bytes.AsSpan().IndexOf(MemoryOrder.ToArray<byte>(state));
        bytes.AsSpan(place + 8, 16).Fill(0xFF);
        Steps(training, 1);
        var (weights, progress) = (training.Weights(), training.Loop.Progress);
        var thrown = Assert.Throws<InvalidInputException>(() => saved.LoadInto(training.Loop));
        Assert.StartsWith("'saved': The bytes are no random state", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(weights, training.Weights());
        Assert.Equal(progress, training.Loop.Progress);
    }

    [Fact]
    public void Load_AnotherNetwork_NamesEveryTensorAndChangesNothing()
    {
        using var one = new Training("mlp(8)", "sgd", Plan(0.1), new LossGuard(20));
        using var other = new Training("mlp(6)", "sgd", Plan(0.1), new LossGuard(20));
        Steps(one, 2);
        Steps(other, 1);
        var saved = SavedLoop.Of(one.Loop);
        var weights = other.Weights();
        var findings = Assert.Throws<InvalidInputException>(() => saved.LoadInto(other.Loop, "x.checkpoint")).Message.Split('\n');
        Assert.All(findings, finding => Assert.StartsWith("'x.checkpoint'", finding, StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("good.network.", StringComparison.Ordinal));
        Assert.Equal(weights, other.Weights());
        Assert.Equal(1, other.Loop.Progress.Updates);
    }

    [Fact]
    public void Load_FileOfAnotherController_IsRefused()
    {
        using var guarded = new Training("mlp(8)", "sgd", Plan(0.1), new LossGuard(20));
        var saved = SavedLoop.Of(_trainer);
        Assert.Contains(
            "GuardedState",
            Assert.Throws<InvalidInputException>(() => saved.LoadInto(guarded.Loop)).Message,
            StringComparison.Ordinal);
    }

    private static List<(Observation Seen, GuardState? Guard)> Steps(Training training, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (training.Loop.Step(), training.Loop.Guard))];

    // Loaded by another trainer, wherever that stands.
    private static void AssertTheRestIsTheSame(Func<long, Training> create)
    {
        using var whole = create(3);
        var saved = new List<SavedLoop>();
        var expected = new List<(Observation Seen, GuardState? Guard)>();
        for (var i = 0; i < SavedUpdates; i++)
        {
            saved.Add(SavedLoop.Of(whole.Loop));
            expected.Add((whole.Loop.Step(), whole.Loop.Guard));
        }

        var weights = whole.Weights();
        Assert.InRange(whole.Loop.Guard?.Rollbacks ?? 0, 1, 12);
        for (var from = 0; from < SavedUpdates; from++)
        {
            using var rest = create(4 + from);
            Steps(rest, from % 3);
            saved[from].LoadInto(rest.Loop);
            Assert.Equal(expected[from..], Steps(rest, SavedUpdates - from));
            Assert.Equal(weights, rest.Weights());
        }
    }
}
