using Rubato;
using Rubato.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>Saves a network, predicts with it, and goes on from it with a lower rate. Each call stands for a program of its own.</summary>
public static class Saving
{
    private static readonly TrainerSettings Settings = new() { Length = Duration.Epochs(6), BatchSize = 60 };

    public static TrainingRun TrainAndSave(ISamples<SupervisedBatch> train, ISamples<SupervisedBatch> test, string file)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(9);

        // <snippet save>
        using var network = new RingNetwork();
        var run = new Trainer(network, train, Losses.CrossEntropy, Settings, test).Fit(0.01);
        network.save(file);
        // </snippet>
        return run;
    }

    public static long[] Predict(Tensor points, string file)
    {
        using var scope = NewDisposeScope();

        // <snippet predict>
        using var network = new RingNetwork();
        network.load(file);
        network.eval();
        using var noGradients = no_grad();
        var classes = network.call(points).argmax(1);
        // </snippet>
        return classes.data<long>().ToArray();
    }

    public static TrainingRun GoOn(ISamples<SupervisedBatch> train, ISamples<SupervisedBatch> test, string file)
    {
        using var scope = NewDisposeScope();

        // <snippet go-on>
        using var network = new RingNetwork();
        network.load(file);
        var settings = Settings with { Length = Duration.Epochs(2) };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(0.001);
        // </snippet>
        return run;
    }
}

// <snippet saved-network>
/// <summary>The modules and their names are what a file of weights is written for.</summary>
public sealed class RingNetwork : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers = Sequential(Linear(2, 64), Tanh(), Linear(64, Rings.Classes));

    public RingNetwork()
        : base(nameof(RingNetwork)) => RegisterComponents();

    public override Tensor forward(Tensor input) => _layers.call(input);
}
// </snippet>
