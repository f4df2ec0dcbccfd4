using Rubato;
using Rubato.Rewrites;
using Rubato.Runs.Records;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>Batches that grow: by a plan, and by what is measured.</summary>
public static class Batches
{
    public static (TrainingRun Run, IReadOnlyList<long> Sizes) GrowInsteadOfDecay() => Train((train, test, network, sizes) =>
    {
        // <snippet grow-batch>
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(12),
            BatchSize = 20,
            Optimizer = OptimizerChoice.Sgd(),
            Rewrite = new GrowBatch { MaxBatch = 500 },
        };
        var trainer = new Trainer(network, train, Losses.CrossEntropy, settings, test);
        var run = trainer.Fit(Schedule.MultiStep(0.05, 0.2, [Duration.Epochs(6), Duration.Epochs(9)]), sizes);
        // </snippet>
        return run;
    });

    public static (TrainingRun Run, IReadOnlyList<long> Sizes) Adapt() => Train((train, test, network, sizes) =>
    {
        // <snippet adaptive-batch>
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(12),
            BatchSize = Batch.Adaptive(20, max: 500),
            Optimizer = OptimizerChoice.Sgd(),
        };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(0.05, sizes);
        // </snippet>
        return run;
    });

    private static (TrainingRun Run, IReadOnlyList<long> Sizes) Train(
        Func<ISamples<SupervisedBatch>, ISamples<SupervisedBatch>, Module<Tensor, Tensor>, Sizes, TrainingRun> train)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(8);
        using var network = Sequential(Linear(2, 64), Tanh(), Linear(64, Rings.Classes));
        var sizes = new Sizes();
        var run = train(Rings.Draw(5_000), Rings.Draw(999), network, sizes);
        return (run, [.. sizes.Seen.Distinct()]);
    }

    private sealed class Sizes : Listener
    {
        public List<long> Seen { get; } = [];

        public override void OnStep(in StepRecord record) => Seen.Add(record.BatchSize);
    }
}
