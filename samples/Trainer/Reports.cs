using Microsoft.Extensions.Logging;
using Rubato;
using Rubato.Runs.Records;
using Rubato.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A run that is logged, shown as a progress bar would show it, and measured in two ways of one's own.</summary>
public static class Reports
{
    public static TrainingRun Log(ILogger logger)
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var trainer = Trainer(network);

        // <snippet logging>
        var run = trainer.Fit(listener: new LoggingListener(logger));
        // </snippet>
        return run;
    }

    public static TrainingRun Show(IProgress<TrainingProgress> progress, TextWriter output)
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var trainer = Trainer(network);

        // <snippet progress>
        var lines = Listener.Of<EpochRecord>(epoch => output.WriteLine($"epoch {epoch.Epoch}: {epoch.TestAccuracy:P1}"));
        var run = trainer.Fit(0.01, Listener.All(new ProgressListener(progress), lines));
        // </snippet>
        return run;
    }

    public static TrainingRun Measure()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(8);
        var inputs = (rand(2_500, 1) * 2) - 1;
        var targets = (3 * inputs).sin();
        var (train, test) = (Samples.Of(inputs[..2_000], targets[..2_000]), Samples.Of(inputs[2_000..], targets[2_000..]));
        using var network = Sequential(Linear(1, 32), Tanh(), Linear(32, 1));
        var settings = new TrainerSettings { Length = Duration.Epochs(20), BatchSize = 50 };

        // <snippet metrics>
        var trainer = new Trainer(network, train, Losses.MeanSquaredError, settings, test)
        {
            Metrics =
            [
                new Metric("mae", (outputs, targets) => (outputs - targets).abs().mean()),
                new Metric("within 0.1", (outputs, targets) => (outputs - targets).abs().less(0.1).to(ScalarType.Float32).mean()),
            ],
        };
        var run = trainer.Fit();
        Console.WriteLine($"mean absolute error {run.Metrics["mae"]:F3}, {run.Metrics["within 0.1"]:P1} within 0.1");
        // </snippet>
        return run;
    }

    private static Sequential Network()
    {
        Engine.Seed(6);
        return Sequential(Linear(2, 32), ReLU(), Linear(32, Rings.Classes));
    }

    private static Trainer Trainer(Module<Tensor, Tensor> network)
    {
        var (train, test) = (Rings.Draw(900, noise: 0.1), Rings.Draw(300, noise: 0.1));
        return new Trainer(network, train, Losses.CrossEntropy, new TrainerSettings { Length = Duration.Epochs(10), BatchSize = 30 }, test);
    }
}
