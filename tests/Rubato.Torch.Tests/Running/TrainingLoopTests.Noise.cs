using Rubato.Cli.Catalog;
using Rubato.Control;
using Rubato.Data;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using Rubato.Torch.Tests.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests
{
    [Theory]
    [InlineData("mlp(8)")]
    [InlineData("convnet(4, 8, dropout 0.2)")]
    [InlineData("mlp(8, norm batch)")]
    public void Step_MeasuredFromMicroBatches_ChangesNoBit(string network)
    {
        using var plain = new Measured(network, micro: 16, every: null);
        Observation[] expected = [.. Enumerable.Range(0, 6).Select(_ => plain.Loop.Step())];

        // What dropout draws is the engine's, so the second run begins when the first is over.
        using var measured = new Measured(network, micro: 16, every: 1);
        Observation[] seen = [.. Enumerable.Range(0, 6).Select(_ => measured.Loop.Step())];

        Assert.All(seen, one => Assert.NotNull(one.Noise));
        Assert.Equal(expected, seen.Select(one => one with { Noise = null }));
        Assert.Equal(plain.Weights(), measured.Weights());
    }

    [Fact]
    public void Step_MeasuredNowAndThen_TheOthersAreNot()
    {
        using var training = new Measured("mlp(8)", micro: null, every: 4);
        Assert.Equal([4, 8], Enumerable.Range(0, 10).Select(_ => training.Loop.Step()).Where(seen => seen.Noise is not null).Select(seen => seen.Progress.Updates));
    }

    [Fact]
    public void Step_LossNotFiniteWhileMeasured_NoNoiseAndTheNextIsSound()
    {
        using var training = new Measured("mlp(8)", micro: 16, every: 1);
        using var twin = new Measured("mlp(8)", micro: 16, every: 1);
        training.Loop.Step();
        var expected = training.Loop.Step();
        twin.Loop.Step();
        var bias = twin.Network.state_dict().Last().Value;
        var sound = MemoryOrder.ToArray<float>(bias);
        MemoryOrder.AsSpan<float>(bias).Fill(float.NaN);
        Assert.Null(twin.Loop.Step().Noise);
        sound.CopyTo(MemoryOrder.AsSpan<float>(bias));
        Assert.Equal(expected, twin.Loop.Step());
    }

    // Weights that stand still, and batches drawn from 200 samples with replacement: their own squared mean gradient and covariance are what is estimated.
    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    [InlineData(7)]
    public void Step_ManyBatchesOfAKnownSet_NoiseIsRightOnAverage(int? micro)
    {
        const int Updates = 4000;
        using var set = new TinySet(samples: 200);
        using var training = new Measured(set.Network(), set.Train, (seen, size) => set.Draw(seen, size), rate: 0, size: 20, micro, every: 1);
        var (squaredNorm, trace) = training.True(set.Train);
        var (meanSquaredNorm, meanTrace) = (0.0, 0.0);
        for (var i = 0; i < Updates; i++)
        {
            var noise = training.Loop.Step().Noise!.Value;
            (meanSquaredNorm, meanTrace) = (meanSquaredNorm + (noise.SquaredNorm / Updates), meanTrace + (noise.Trace / Updates));
        }

        Assert.InRange(meanTrace / trace, 0.98, 1.02);
        Assert.InRange(meanSquaredNorm / squaredNorm, 0.98, 1.02);
    }

    private sealed class Measured : IDisposable
    {
        private readonly Optimizer _optimizer;

        public Measured(string network, int? micro, int? every)
            : this(Seeded(network), TrainingLoopTests.Train, new BatchOrder(TrainingLoopTests.Train.Count, 3).Next, 0.1, 40, micro, every)
        {
        }

        public Measured(Module<Tensor, Tensor> network, Examples train, BatchSource source, double rate, int size, int? micro, int? every)
        {
            Network = network;
            _optimizer = new Sgd(ParameterGroup.Of(Network), nesterov: false);
            var normalizes = network.UseGhostBatch(null);
            Loop = new TrainingLoop(
                Over.Examples(Network, train),
                _optimizer,
                new PlanController(new TrainingPlan(new PlanSettings
                {
                    Length = Duration.Epochs(1000),
                    SamplesPerEpoch = train.Count,
                    LearningRate = rate,
                    BatchSize = size,
                    Momentum = 0.9,
                })),
                source,
                seed: 3,
                micro,
                noise: every is { } updates ? new NoiseMeter(_optimizer.Groups, updates, micro, normalizes ? 0 : null) : null);
        }

        public Module<Tensor, Tensor> Network { get; }

        public TrainingLoop Loop { get; }

        /// <summary>The squared norm of the mean gradient, and the trace of the samples' covariance, from the gradient of each sample.</summary>
        public (double SquaredNorm, double Trace) True(Examples train)
        {
            var batches = new MicroBatches(Over.Examples(Network, train), size: null);
            var squares = Enumerable.Range(0, train.Count).Average(i => Square(batches, [i]));
            var mean = Square(batches, [.. Enumerable.Range(0, train.Count)]);
            return (mean, squares - mean);
        }

        public List<float> Weights() =>
            [.. Network.state_dict().Where(named => named.Value.dtype == ScalarType.Float32).SelectMany(named => MemoryOrder.ToArray<float>(named.Value))];

        public void Dispose()
        {
            Loop.Dispose();
            _optimizer.Dispose();
            Network.Dispose();
        }

        private double Square(MicroBatches batches, int[] indices)
        {
            batches.Backward(indices, 0, 0);
            _optimizer.TakeGradients();
            var norm = _optimizer.GradientNorm();
            _optimizer.DiscardGradients();
            return norm * norm;
        }

        private static Module<Tensor, Tensor> Seeded(string network)
        {
            Engine.Seed(3);
            return NetworkCatalog.Parse(network).Build(new InputShape(1, 28, 28, 10));
        }
    }
}
