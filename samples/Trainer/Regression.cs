using Rubato;
using Rubato.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A curve through noisy points.</summary>
public static class Regression
{
    /// <summary>The variance of the noise: no network comes below it on points that it has not seen.</summary>
    public const double Noise = 0.01;

    public static TrainingRun Train()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(4);
        var inputs = (rand(2_500, 1) * 2) - 1;
        var targets = (3 * inputs).sin() + (randn(2_500, 1) * Math.Sqrt(Noise));

        // <snippet regression>
        var (train, test) = Samples.Of(inputs, targets).Split(heldOut: 0.2, seed: 1);
        using var network = new Curve();
        var settings = new TrainerSettings { Length = Duration.Epochs(20), BatchSize = 50 };
        var trainer = new Trainer(network, train, Losses.MeanSquaredError, settings, test);
        var run = trainer.Fit();
        // </snippet>
        return run;
    }

    // <snippet regression-network>
    private sealed class Curve : Module<Tensor, Tensor>
    {
        private readonly Linear _hidden = Linear(1, 32);
        private readonly Linear _output = Linear(32, 1);

        public Curve()
            : base(nameof(Curve)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _output.call(_hidden.call(input).tanh());
    }
    // </snippet>
}
