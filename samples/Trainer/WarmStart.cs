using Rubato;
using Rubato.Torch;
using Rubato.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A second task begins with the body that a first one has trained, which stays as it is; only a new head is trained.</summary>
public static class WarmStart
{
    public static TrainingRun First(ISamples<SupervisedBatch> train, ISamples<SupervisedBatch> test, string file)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(9);

        // <snippet save-weights>
        using var network = new BodyAndHead(Rings.Classes);
        var settings = new TrainerSettings { Length = Duration.Epochs(6), BatchSize = 60, ClipNorm = 1 };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(0.01);
        TrainedWeights.Save(network, file);
        // </snippet>
        return run;
    }

    public static TrainingRun Second(ISamples<SupervisedBatch> train, ISamples<SupervisedBatch> test, string file, TextWriter output)
    {
        using var scope = NewDisposeScope();
        Engine.Seed(10);

        // <snippet warm-start>
        using var network = new BodyAndHead(classes: 2);
        foreach (var note in TrainedWeights.Load(network, file).Notes)
        {
            output.WriteLine(note);
        }

        network.Freeze("_body.*");
        var settings = new TrainerSettings { Length = Duration.Epochs(4), BatchSize = 60 };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit(0.01);
        // </snippet>
        return run;
    }

    private sealed class BodyAndHead : Module<Tensor, Tensor>
    {
        private readonly Sequential _body = Sequential(Linear(2, 64), Tanh());
        private readonly Linear _head;

        public BodyAndHead(long classes)
            : base(nameof(BodyAndHead))
        {
            _head = Linear(64, classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _head.call(_body.call(input));
    }
}
