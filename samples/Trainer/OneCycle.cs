using Rubato;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>TorchSharp's AdamW under one cycle.</summary>
public static class OneCycle
{
    public static TrainingRun Train()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(2);
        var (train, test) = (Rings.Draw(3_000), Rings.Draw(999));
        using var network = Sequential(Linear(2, 64), Tanh(), Linear(64, Rings.Classes));

        // <snippet one-cycle>
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(10),
            BatchSize = 60,
            Optimizer = OptimizerChoice.Of(parameters => optim.AdamW(parameters, weight_decay: 0.01)),
            Momentum = Schedule.OneCycleMomentum(0.85, 0.95),
            Groups = ParameterGroups.Parse("*.bias(weight-decay 0)"),
        };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(Schedule.OneCycle(0.02));
        // </snippet>
        return run;
    }
}
