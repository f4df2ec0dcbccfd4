using Rubato;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>The weights of the best epoch of a network that learns its samples by heart.</summary>
public static class Keeping
{
    public static TrainingRun Train(TextWriter output)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(7);
        var (train, test) = (Rings.Draw(300, noise: 0.4), Rings.Draw(999, noise: 0.4));
        using var network = Sequential(Linear(2, 256), ReLU(), Linear(256, 256), ReLU(), Linear(256, Rings.Classes));

        // <snippet keeping>
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(200),
            BatchSize = 30,
            Validation = 0.2,
            Best = Watched.ValidationLoss,
            StopEarly = 20,
        };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(Schedule.Constant(0.003));
        output.WriteLine($"last: {run.Accuracy:P1} right; best, after epoch {run.Best?.Epoch}: {run.Best?.TestAccuracy:P1}");
        run.BestWeights?.CopyTo(network);
        // </snippet>
        return run;
    }
}
