using Rubato;
using Rubato.Runs.Records;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A listener that prints a line an epoch, and ends the run when the held-out loss falls no more.</summary>
public static class Stopping
{
    public static TrainingRun Train(TextWriter output)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(7);
        var (train, test) = (Rings.Draw(300, noise: 0.4), Rings.Draw(999, noise: 0.4));
        using var network = Sequential(Linear(2, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, Rings.Classes));
        var settings = new TrainerSettings { Length = Duration.Epochs(100), BatchSize = 30 };
        var trainer = new Trainer(network, train, Losses.CrossEntropy, settings, test);

        // <snippet stopping>
        using var stop = new CancellationTokenSource();
        var run = trainer.Fit(Schedule.Constant(0.003), new EarlyStop(output, stop, patience: 5), stop.Token);
        output.WriteLine($"{run.Status} after {run.Updates} updates");
        // </snippet>
        return run;
    }
}

// <snippet early-stop>
/// <summary>Prints a line an epoch, and cancels when the held-out loss has not fallen for some epochs.</summary>
public sealed class EarlyStop(TextWriter output, CancellationTokenSource stop, int patience) : Listener
{
    private double _lowest = double.PositiveInfinity;
    private int _since;

    public override void OnEvent(TrainingEvent happened)
    {
        if (happened is not EpochRecord epoch)
        {
            return;
        }

        output.WriteLine($"epoch {epoch.Epoch}  loss {epoch.TrainLoss:F3}  held out {epoch.TestLoss:F3}  right {epoch.TestAccuracy:P1}");
        (_lowest, _since) = epoch.TestLoss < _lowest ? (epoch.TestLoss, 0) : (_lowest, _since + 1);
        if (_since == patience)
        {
            stop.Cancel();
        }
    }
}
// </snippet>
