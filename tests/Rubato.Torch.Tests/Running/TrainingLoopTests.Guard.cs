using Rubato.Cli.Catalog;
using Rubato.Control;
using Rubato.Data.Augmentations;
using Rubato.Rewrites;
using Rubato.Torch.Lengths;
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
    [Fact]
    public void Step_LossNotFiniteUnderAGuard_GoesBackAndOnWithALowerRate()
    {
        using var training = new Training("mlp(8)", "sgd", Plan(0.1), new LossGuard(30));
        var start = training.Weights();
        training.Loop.Step();
        Assert.NotEqual(start, training.Weights());
        MemoryOrder.AsSpan<float>(training.Network.state_dict().Last().Value).Fill(float.NaN);
        Assert.False(double.IsFinite(training.Loop.Step().Loss));
        Assert.Equal(GuardDecision.RollBack, training.Loop.Guard?.Decision);
        Assert.Equal(start, training.Weights());
        Assert.Equal(new Progress(1, 40), training.Loop.Progress);
        var seen = training.Loop.Step();
        Assert.True(double.IsFinite(seen.Loss));
        Assert.Equal(0.1 / Math.Sqrt(10) / 1.5, seen.Applied.LearningRate, 1e-15);
        Assert.Equal(new Progress(2, 80), seen.Progress);
    }

    // What is decided of such losses, recorded ones say; here it is what the trainer makes of the decisions.
    [Fact]
    public void Step_NetworkThatDiesBeforeItLearns_GoesBackToWhatWasAndLearns()
    {
        var plan = Plan(30);
        using var training = new Training("mlp(16, norm batch)", "sgd", plan, new LossGuard(75));
        var start = training.Weights();
        var (losses, kept) = (new List<double>(), false);
        for (var update = 0; update < 75; update++)
        {
            losses.Add(training.Loop.Step().Loss);
            var guard = training.Loop.Guard!;
            kept |= guard.Decision == GuardDecision.Keep;
            Assert.InRange(training.Loop.Next.LearningRate, 0, plan.At(0).LearningRate * guard.Scale * (1 + 1e-12));
            if (guard.Decision == GuardDecision.RollBack && !kept)
            {
                Assert.Equal(start, training.Weights());
            }
        }

        Assert.InRange(training.Loop.Guard!.Rollbacks, 1, 12);
        Assert.True(losses[^10..].Average() < losses[0]);
    }

    [Fact]
    public void Step_HiddenUnitsThatNoInputReaches_AreSeenAsDeadAfterAFifthOfTheRun()
    {
        var guard = new LossGuard(30);
        using var training = new Training("mlp(8)", "sgd", Plan(0.01), guard);
        var start = training.Weights();
        training.Loop.Step();
        MemoryOrder.AsSpan<float>(training.Network.state_dict().ElementAt(1).Value).Fill(-1000);
        var count = 1 + Enumerable.Range(0, 15).TakeWhile(_ => training.Loop.Step() is var _ && training.Loop.Guard?.Rollbacks == 0).Count();
        Assert.InRange(count, 5, 12);
        Assert.Equal((GuardDecision.RollBack, guard.DeadCut), (training.Loop.Guard?.Decision, training.Loop.Guard?.Scale));
        Assert.Equal(start, training.Weights());
    }

    private static TrainingPlan Plan(double rate) => new(new PlanSettings
    {
        Length = Duration.Epochs(30),
        SamplesPerEpoch = Train.Count,
        LearningRate = rate,
        BatchSize = 40,
        Momentum = 0.9,
    });

    private sealed class Training : IDisposable
    {
        public Training(string network, string optimizer, TrainingPlan plan, LossGuard guard, long seed = 3)
            : this(network, optimizer, new PlanController(plan), guard, seed)
        {
        }

        public Training(string network, string optimizer, Controller controller, LossGuard? guard, long seed = 3, ExponentialGrowth? growth = null, bool descends = false)
            : this(network, built => OptimizerOf(built, optimizer, growth), controller, guard, seed, descends)
        {
        }

        public Training(
            string network, Func<Module<Tensor, Tensor>, Optimizer> optimizer, Controller controller, LossGuard? guard, long seed, bool descends = false)
        {
            Engine.Seed(seed);
            Network = NetworkCatalog.Parse(network).Build(new InputShape(1, 28, 28, 10));
            Optimizer = optimizer(Network);
            Loop = new TrainingLoop(
                Over.Examples(Network, Train, Augmentation.Parse("crop(2)")),
                Optimizer,
                guard is null ? controller : new GuardedController(controller, guard),
                new BatchOrder(Train.Count, 3).Next,
                seed: 3,
                microBatch: null,
                descent: descends ? new DescentMeter(Optimizer.Groups) : null);
        }

        public Module<Tensor, Tensor> Network { get; }

        public Optimizer Optimizer { get; }

        public TrainingLoop Loop { get; }

        public List<float> Weights() =>
            [.. Network.state_dict().Where(named => named.Value.dtype == ScalarType.Float32).SelectMany(named => MemoryOrder.ToArray<float>(named.Value))];

        public void Dispose()
        {
            Loop.Dispose();
            Optimizer.Dispose();
            Network.Dispose();
        }

        private static Optimizer OptimizerOf(Module<Tensor, Tensor> network, string optimizer, ExponentialGrowth? growth)
        {
            if (growth is null)
            {
                return OptimizerCatalog.Parse(optimizer).Create(ParameterGroup.Of(network));
            }

            var invariance = ScaleInvariance.Of(network);
            return new ExponentialSgd(ParameterGroup.Of(network, [], invariance), invariance, growth);
        }
    }
}
