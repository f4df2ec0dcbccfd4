using Rubato;
using Rubato.Runs.Records;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A run that is interrupted goes on from its last checkpoint, and comes to what it would have come to.</summary>
public static class Resuming
{
    public static TrainingRun Run(
        ISamples<SupervisedBatch> train, ISamples<SupervisedBatch> test, string folder, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(11);
        using var network = Sequential(Linear(2, 64), Tanh(), Linear(64, Rings.Classes));

        // <snippet resume>
        var settings = new TrainerSettings { Length = Duration.Epochs(6), BatchSize = 60, Folder = folder, SaveEvery = SaveInterval.Parse("10ba") };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(0.01, cancellation: cancellation);
        if (run.Status == RunStatus.Interrupted)
        {
            run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Resume(folder, 0.01, cancellation: CancellationToken.None);
        }

        // </snippet>
        return run;
    }
}
