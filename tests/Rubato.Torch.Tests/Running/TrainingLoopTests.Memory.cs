using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Torch.Objectives;
using Rubato.Torch.Running;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests
{
    // Everything that a step can hold at once: micro-batches, ghost batches, measurements, clipping, a guard's snapshots, the length of weights.
    private static readonly TrainSettings Everything = new()
    {
        Data = "glyphs(train 200, test 20)",
        Network = "mlp(8, norm batch, dropout 0.1)",
        LearningRate = Rate.Parse("constant(0.01)"),
        Batch = 32,
        MicroBatch = 16,
        GhostBatch = 8,
        MeasureNoise = 3,
        ClipNorm = 0.5,
        ClipValue = 0.05,
        Guard = true,
        Epochs = 2000,
        Threads = OneThreadAttribute.Threads,
    };

    // Left to the garbage collector they would be freed at some time, and be memory that nobody sees until then.
    [Theory]
    [InlineData("sgd", "")]
    [InlineData("adamw", "")]
    [InlineData("lamb", "")]
    [InlineData("adamp", "")]
    [InlineData("sgd", "exponential")]
    public void Step_AThousand_LeaveNoTensor(string optimizer, string rewrite)
    {
        var run = Trained.Task(Everything with { Optimizer = optimizer, Rewrite = RewriteSequence.Parse(rewrite) });
        using var parts = new RunParts(run);
        Steps(parts, 20);
        // What earlier tests have left is gone before it is counted.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        Steps(parts, 1000);
        _ = Evaluation.Of(parts.HeldOut!);
        // What other tests left may be collected meanwhile.
        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Step_FiveThousand_TakeNoMoreMemoryThanFiveHundred()
    {
        using var parts = new RunParts(Trained.Task(Everything with { MeasureNoise = null, MicroBatch = null, GhostBatch = null }));
        Steps(parts, 500);
        var before = Resident();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Steps(parts, 4500);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - allocated) / 4500, 0, 4096);
        var after = Resident();

        // Where the heap settles once, after what other tests have left, it stays; a leak goes on.
        if (after > 1.02 * before)
        {
            Steps(parts, 4500);
            Assert.InRange(Resident(), 0, 1.02 * after);
        }
    }

    private static void Steps(RunParts parts, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ = parts.Loop.Step();
        }
    }

    // Without the managed heap, which grows by what a step allocates until .NET thinks it worth a collection.
    private static double Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet - GC.GetGCMemoryInfo().TotalCommittedBytes;
    }
}
