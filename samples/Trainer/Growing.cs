using Rubato;
using Rubato.Rewrites;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>Weight decay written as a growing rate, for a network with normalizations of TorchSharp's.</summary>
public static class Growing
{
    public static (VerificationOutcome Outcome, TrainingRun Run) Verify(TextWriter output)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(6);
        var (train, test) = (Rings.Draw(3_000), Rings.Draw(600));

        // <snippet exponential>
        Module<Tensor, Tensor> Build() => Sequential(
            Linear(2, 32), BatchNorm1d(32), ReLU(), Linear(32, 32), LayerNorm(32), ReLU(), Linear(32, Rings.Classes));

        using var network = Build();
        var settings = new TrainerSettings
        {
            Length = Duration.Epochs(4),
            BatchSize = 50,
            Optimizer = OptimizerChoice.Sgd(),
            WeightDecay = 0.005,
            Rewrite = new ExponentialRewrite(),
        };
        var trainer = new Trainer(network, train, Losses.CrossEntropy, settings, test);
        var outcome = trainer.Verify(Build, Schedule.Cosine(0.05, 0), new VerificationSettings { Updates = 60 });
        output.WriteLine($"holds: {outcome.Holds}; the outputs differ by {outcome.LargestFunctionDifference:G2} at most");
        var run = trainer.Fit(Schedule.Cosine(0.05, 0));
        // </snippet>
        return (outcome, run);
    }
}
