using Rubato.Cli.Catalog;
using Rubato.Control;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using Rubato.Torch.Tests.Objectives;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests
{
    [Theory]
    [InlineData("mlp(8)", null)]
    [InlineData("mlp(8)", 16)]
    [InlineData("mlp(8, norm batch)", 20)]
    public void Step_DescentMeasuredBesideTheNoise_ItIsTheSquaredNormAndChangesNoBit(string network, int? micro)
    {
        using var plain = new Descending(network, micro, isMeasured: false);
        using var measured = new Descending(network, micro, isMeasured: true);
        for (var update = 0; update < 6; update++)
        {
            var (expected, seen) = (plain.Loop.Step(), measured.Loop.Step());
            Assert.Null(expected.Descent);
            Assert.NotNull(seen.Noise);
            var squares = seen.GradientNorm!.Value * seen.GradientNorm.Value;
            Assert.Equal(squares, seen.Descent!.Value, 1e-3 * squares);
            Assert.Equal(expected, seen with { Descent = null, Noise = expected.Noise });
        }

        Assert.Equal(plain.Weights(), measured.Weights());
    }

    [Fact]
    public void Step_RateOfZero_NoDescent()
    {
        using var training = new Descending("mlp(8)", micro: null, isMeasured: true, "linear(0 -> 0.1, 2ba) then 0.1");
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => training.Loop.Step().Descent is null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_PolyakSavedAndLoadedAtEveryUpdate_ChangesNothing(bool isGuarded)
    {
        var controller = new Polyak(Plan(1), new PolyakSettings { FirstRate = 0.1, Multiple = isGuarded ? 30 : 0.5 });
        var guard = isGuarded ? new LossGuard(FeedbackUpdates) : null;
        using var whole = new Training("mlp(8)", "sgd", controller, guard, descends: true);
        using var broken = new Training("mlp(8)", "sgd", controller, guard, descends: true);
        RequireSameWithLoads(whole, broken);
        Assert.NotEqual(0.1, ((PolyakState)Unguarded(whole)).Base);
        Assert.Equal(isGuarded, whole.Loop.Guard is { Rollbacks: > 0 });
    }

    private sealed class Descending : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _network;
        private readonly Optimizer _optimizer;

        public Descending(string network, int? micro, bool isMeasured, string rate = "0.1")
        {
            Engine.Seed(3);
            _network = NetworkCatalog.Parse(network).Build(new InputShape(1, 28, 28, 10));
            _optimizer = new Sgd(ParameterGroup.Of(_network), nesterov: false);
            int? ghosts = _network.UseGhostBatch(null) ? 0 : null;
            Loop = new TrainingLoop(
                Over.Examples(_network, Train),
                _optimizer,
                new PlanController(new TrainingPlan(new PlanSettings
                {
                    Length = Duration.Epochs(10),
                    SamplesPerEpoch = Train.Count,
                    LearningRate = Schedule.Parse(rate),
                    BatchSize = 40,
                })),
                new BatchOrder(Train.Count, 3).Next,
                seed: 3,
                micro,
                noise: new NoiseMeter(_optimizer.Groups, 1, micro, ghosts),
                descent: isMeasured ? new DescentMeter(_optimizer.Groups) : null);
        }

        public TrainingLoop Loop { get; }

        public double[] Weights() => [.. _network.parameters().SelectMany(Numbers.Values)];

        public void Dispose()
        {
            Loop.Dispose();
            _optimizer.Dispose();
            _network.Dispose();
        }
    }
}
