using Rubato;
using Rubato.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A recurrent network: which symbol came first?</summary>
public static class Sequences
{
    private const int Symbols = 4;
    private const int Steps = 8;

    public static TrainingRun Train()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(6);
        var inputs = randint(Symbols, [2_500, Steps], ScalarType.Int64);
        var first = inputs[.., 0];
        var (train, test) = (Samples.Of(inputs[..2_000], first[..2_000]), Samples.Of(inputs[2_000..], first[2_000..]));

        // <snippet sequence>
        using var network = new Reader();
        var settings = new TrainerSettings { Length = Duration.Epochs(10), BatchSize = 50 };
        var run = new Trainer(network, train, Losses.CrossEntropy, settings, test).Fit();
        // </snippet>
        return run;
    }

    // <snippet sequence-network>
    private sealed class Reader : Module<Tensor, Tensor>
    {
        private readonly Embedding _symbols = Embedding(Symbols, 8);
        private readonly GRU _memory = GRU(8, 32, batchFirst: true);
        private readonly Linear _output = Linear(32, Symbols);

        public Reader()
            : base(nameof(Reader)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (states, _) = _memory.call(_symbols.call(input));
            return _output.call(states[.., -1]);
        }
    }
    // </snippet>
}
