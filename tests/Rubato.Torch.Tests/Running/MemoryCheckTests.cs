using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Torch.Running;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed class MemoryCheckTests : IDisposable
{
    // More bytes than any address space has, so that libtorch's allocator says no on every machine.
    private const long Impossible = 1L << 55;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Scratch _scratch = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _scope.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Train_BatchBeyondTheMemory_NamesMicroBatchAndLeavesNothing()
    {
        var findings = Assert.Throws<InvalidInputException>(() => _scratch.Run(_scratch.Small with { Batch = 2_000_000_000 })).Findings;
        var finding = Assert.Single(findings);
        Assert.Equal((nameof(TrainerSettings.MicroBatch), null), (finding.Setting, finding.Value));
        Assert.StartsWith("is not given, but the 2,000,000,000 samples of a batch, computed at once, need at least ", finding.Rule, StringComparison.Ordinal);
        Assert.StartsWith("for instance ", finding.Remedy, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_scratch.Folder));
    }

    [Fact]
    public void Train_MicroBatchThatFits_IsTrained()
    {
        var summary = _scratch.Run(_scratch.Small with { Batch = 400, MicroBatch = 64 });
        Assert.Equal((RunStatus.Completed, 1L), (summary.Status, summary.Updates));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_FirstBatchTooLarge_NamesMicroBatchAndLeavesNothing(bool hasFolder)
    {
        var folder = Path.Combine(_scratch.Folder, "run");
        using var network = Linear(6, 3);
        var settings = new TrainerSettings { Length = Duration.Epochs(1), BatchSize = 64, Threads = 1, Folder = hasFolder ? folder : null };
        var findings = Assert.Throws<InvalidInputException>(() => TrainerOf(network, settings, from: 64).Fit(Schedule.Constant(0.01), cancellation: Token)).Findings;
        Assert.Equal(nameof(TrainerSettings.MicroBatch), Assert.Single(findings).Setting);
        Assert.Equal("for instance 32", findings[0].Remedy);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(RunStatus.Completed, TrainerOf(network, settings with { MicroBatch = 32 }, from: 64).Fit(Schedule.Constant(0.01), cancellation: Token).Status);
    }

    [Fact]
    public void Fit_LaterBatchTooLarge_FailsWithTheRemedy()
    {
        var folder = Path.Combine(_scratch.Folder, "run");
        using var network = Linear(6, 3);
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(4),
            BatchSize = 32,
            Threads = 1,
            Folder = folder,
            Optimizer = OptimizerChoice.Sgd(),
            Rewrite = new GrowBatch { MaxBatch = 64 },
        };
        var schedule = Schedule.MultiStep(0.1, 0.5, [Duration.Epochs(2)]);
        var failure = Assert.Throws<TorchException>(() => TrainerOf(network, settings, from: 64).Fit(schedule, cancellation: Token));
        Assert.Equal(TorchErrorKind.OutOfMemory, failure.Kind);
        Assert.EndsWith("; a smaller MicroBatch needs less memory", failure.Cause, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, SummaryFile.Read(Path.Combine(folder, "summary.json")).Status);
    }

    [Fact]
    public void Fit_BatchAboveTheTrainingSet_IsNoted()
    {
        using var network = Linear(6, 3);
        var settings = new TrainerSettings { Length = Duration.Epochs(3), BatchSize = 300, Threads = 1 };
        var listener = new Scratch.Silent();
        var run = TrainerOf(network, settings, from: int.MaxValue).Fit(Schedule.Constant(0.01), listener, Token);
        Assert.Equal(
            ["an update has 300 samples, and there are 256 to train on: it sees some of them 2 times over; a smaller batch makes more updates of the same samples."],
            run.Notes);
        Assert.Equal(run.Notes, listener.Description!.Notes);
        settings = settings with { BatchSize = 256 };
        Assert.Empty(TrainerOf(network, settings, from: int.MaxValue).Fit(Schedule.Constant(0.01), cancellation: Token).Notes);
    }

    [Theory]
    [InlineData(2, 2, null)]
    [InlineData(3, 2, "there are 3 threads on 2 processors, and those that wait for each other make every update slower; as many threads as processors are the most that help.")]
    [InlineData(1000, 1, "there are 1,000 threads on 1 processor, and those that wait for each other make every update slower; as many threads as processors are the most that help.")]
    public void OfThreads_MoreThanProcessors_IsNoted(int threads, int processors, string? note) =>
        Assert.Equal(note, RunNotes.OfThreads(threads, processors));

    // A loss that asks for memory that there is not, as a network does of many samples.
    private static Trainer TrainerOf(Module<Tensor, Tensor> network, TrainerSettings settings, int from)
    {
        var samples = Samples.Of(rand(256, 6), arange(256) % 3);
        return new Trainer(
            network,
            samples,
            (outputs, targets) => outputs.shape[0] < from || !network.training
                ? Losses.CrossEntropy(outputs, targets)
                : outputs.sum() * empty([Impossible], ScalarType.Byte),
            settings);
    }
}
