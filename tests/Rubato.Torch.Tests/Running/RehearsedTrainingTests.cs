using Rubato.Cli.Settings;
using Rubato.Control;
using Rubato.Torch.Memory;
using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed class RehearsedTrainingTests
{
    private static readonly TrainingTask Run = Trained.Task(new TrainSettings
    {
        Data = "glyphs(train 300)",
        Network = "mlp(8, norm batch)",
        Optimizer = "adam",
        LearningRate = Rate.Parse("auto"),
        Groups = ParameterGroups.Parse("*.bias(lr 2 * base)"),
        Threads = OneThreadAttribute.Threads,
    });

    [Fact]
    public void Restore_AfterUpdatesAndLosses_EverythingAsBefore()
    {
        using var parts = new RunParts(Run);
        using var training = new RehearsedTraining(parts.Training, parts.Optimizer, Run, CancellationToken.None);
        training.Step(0.01, new RehearsalBatch(0, 0, 16));
        training.Save(RehearsalSlot.Start);
        var before = Numbers(parts);
        var first = Tried(training);
        Assert.NotEqual(before, Numbers(parts));
        training.Restore(RehearsalSlot.Start);
        Assert.Equal(before, Numbers(parts));
        Assert.Equal(first, Tried(training));
    }

    [Fact]
    public void Loss_Asked_ChangesNothing()
    {
        using var parts = new RunParts(Run);
        using var training = new RehearsedTraining(parts.Training, parts.Optimizer, Run, CancellationToken.None);
        var before = Numbers(parts);
        var loss = training.Loss(new RehearsalBatch(1, RehearsalBatch.Reference, 256));
        Assert.Equal(loss, training.Loss(new RehearsalBatch(1, RehearsalBatch.Reference, 256)));
        Assert.NotEqual(loss, training.Loss(new RehearsalBatch(2, RehearsalBatch.Reference, 256)));
        Assert.Equal(before, Numbers(parts));
    }

    // The score less the loss is a whole number of errors among the 60 samples that are held out.
    [Fact]
    public void Score_ClassNumbers_LossAndErrorsOver15Hundredths()
    {
        using var parts = new RunParts(Run);
        using var training = new RehearsedTraining(parts.Training, parts.Optimizer, Run, CancellationToken.None);
        var before = Numbers(parts);
        var reference = new RehearsalBatch(1, RehearsalBatch.Reference, 60);
        var (loss, score) = (training.Loss(reference), training.Score(reference));
        var errors = (score - loss) * 0.15 * 60;
        Assert.InRange(errors, 1, 60);
        Assert.Equal(Math.Round(errors), errors, 1e-3);
        Assert.Equal(before, Numbers(parts));
    }

    [Fact]
    public void PutBack_Interrupted_BackAtTheStart()
    {
        using var cancellation = new CancellationTokenSource();
        using var parts = new RunParts(Run);
        using var training = new RehearsedTraining(parts.Training, parts.Optimizer, Run, cancellation.Token);
        var before = Numbers(parts);
        training.Save(RehearsalSlot.Start);
        training.Step(0.01, new RehearsalBatch(0, 0, 16));
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => training.Step(0.01, new RehearsalBatch(0, 1, 16)));
        training.PutBack();
        Assert.Equal(before, Numbers(parts));
    }

    // Of SGD without momentum an update is the rate times what clipping leaves of the gradient, here as long as the limit at the start.
    [Fact]
    public void Step_ClippedRun_AsLongAsTheLimitOfItsStart()
    {
        var run = Trained.Task(new TrainSettings
        {
            Data = "glyphs(train 300)",
            Network = "mlp(8)",
            LearningRate = Rate.Parse("auto"),
            Momentum = 0,
            WeightDecay = 0,
            ClipNorm = Schedule.Parse("linear(0.25 -> 1)"),
            Threads = OneThreadAttribute.Threads,
        });
        using var parts = new RunParts(run);
        using var training = new RehearsedTraining(parts.Training, parts.Optimizer, run, CancellationToken.None);
        var before = Numbers(parts);
        training.Step(0.5, new RehearsalBatch(0, 0, 16));

        var moved = Math.Sqrt(before.Zip(Numbers(parts)).Sum(pair => Math.Pow(pair.Second - pair.First, 2)));
        Assert.Equal(0.5 * 0.25, moved, 1e-5);
    }

    private static List<double> Tried(RehearsedTraining training) =>
        [.. Enumerable.Range(0, 5).Select(i => training.Step(0.01 * (i + 1), new RehearsalBatch(1, i, 16))), training.Loss(new RehearsalBatch(1, -1, 64))];

    private static List<float> Numbers(RunParts parts) =>
        [.. parts.Network.state_dict().Where(named => named.Value.dtype == ScalarType.Float32).SelectMany(named => MemoryOrder.AsSpan<float>(named.Value).ToArray())];
}
