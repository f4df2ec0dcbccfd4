using Rubato;
using Rubato.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TrainerSamples;

/// <summary>A network of two inputs: how does a user like a film?</summary>
public static class Ratings
{
    private const int Users = 60;
    private const int Films = 40;
    private const int Tastes = 4;

    /// <summary>Half of all pairs are trained on, and a fifth of the others is held out.</summary>
    /// <returns>The run, and the variance of the ratings: the loss of whoever always says their mean.</returns>
    public static (TrainingRun Run, double Variance) Train()
    {
        using var scope = NewDisposeScope();
        Engine.Seed(5);
        var likes = randn(Users, Tastes).matmul(randn(Tastes, Films)).flatten();
        var pairs = randperm(Users * Films);
        var (users, films, stars) = (pairs.div(Films, RoundingMode.floor), pairs % Films, likes[pairs]);

        // <snippet two-inputs>
        Rated Read(int[] rows)
        {
            var numbers = tensor(rows);
            return new Rated(users[numbers], films[numbers], stars[numbers]);
        }

        using var network = new Factors();
        var samples = Samples.Of(2_400, Read);
        var trainer = new Trainer<Rated>(
            network,
            samples.Slice(..2_000),
            batch => functional.mse_loss(network.call(batch.Users, batch.Films), batch.Stars),
            new TrainerSettings { Length = Duration.Epochs(60), BatchSize = 50 },
            heldOut: samples.Slice(2_000..));
        var run = trainer.Fit();
        // </snippet>
        return (run, stars.var().item<float>());
    }

    // <snippet two-inputs-batch>
    private sealed record Rated(Tensor Users, Tensor Films, Tensor Stars);
    // </snippet>

    private sealed class Factors : Module<Tensor, Tensor, Tensor>
    {
        private readonly Embedding _users = Embedding(Users, 2 * Tastes);
        private readonly Embedding _films = Embedding(Films, 2 * Tastes);

        public Factors()
            : base(nameof(Factors)) => RegisterComponents();

        public override Tensor forward(Tensor users, Tensor films) => (_users.call(users) * _films.call(films)).sum(1);
    }
}
