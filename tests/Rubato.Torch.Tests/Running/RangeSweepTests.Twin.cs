using Rubato.Torch.Running;
using Rubato.Torch.Tasks;
using Rubato.Torch.Tests.RangeTests;

namespace Rubato.Torch.Tests.Running;

public sealed partial class RangeSweepTests
{
    /// <summary>Optimizer and micro-batch.</summary>
    public static TheoryData<string, int?> Trainings => new()
    {
        { "sgd", null },
        { "nesterov", 6 },
        { "adam", null },
        { "lamb", 6 },
        { "rmsprop", null },
        { "adagrad", null },
        { "adadelta", null },
        { "adamp", null },
        { "lars", null },
    };

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Run_InTheMiddleOfATraining_ItGoesOnAsIfThereHadBeenNone(string optimizer, int? microBatch)
    {
        var run = Trained.Task(Sweeps.Small.Training with
        {
            Optimizer = optimizer,
            MicroBatch = microBatch,
            Augment = "crop(2)",
            Groups = ParameterGroups.Parse("*.bias(lr 2 * base, weight-decay 0)"),
        });
        foreach (var sweep in (Action<RunParts, TrainingTask>[])[Complete, Interrupted, Failed])
        {
            var (expected, state) = Training(run, (_, _) => { });
            var (updates, after) = Training(run, sweep);
            Assert.Equal(expected, updates);
            Assert.Equal(state, after);
        }
    }

    // What five updates are like after five others and a sweep between them, and how all stands at the end.
    private static (List<Observation> Updates, IReadOnlyList<string> State) Training(TrainingTask run, Action<RunParts, TrainingTask> between)
    {
        using var parts = new RunParts(run);
        var updates = Enumerable.Range(0, 5).Select(_ => parts.Loop.Step()).ToList();
        between(parts, run);
        updates.AddRange(Enumerable.Range(0, 5).Select(_ => parts.Loop.Step()));
        return (updates, Sweeps.State(parts));
    }

    private static void Complete(RunParts parts, TrainingTask run) => Assert.Equal(20, Sweeps.Run(parts, run).Curve!.Points.Length);

    private static void Interrupted(RunParts parts, TrainingTask run)
    {
        using var cancellation = new CancellationTokenSource();
        Assert.Equal(4, Sweeps.Run(parts, run, told: (point, _) => CancelAt(4, point, cancellation), cancellation: cancellation.Token).Curve!.Points.Length);
    }

    private static void Failed(RunParts parts, TrainingTask run) =>
        Assert.Throws<InvalidOperationException>(() => Sweeps.Run(parts, run, told: (point, _) => ThrowAt(6, point)));
}
