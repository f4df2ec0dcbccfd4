using Rubato.Cli.Catalog;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Snapshots;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Torch.Tests.Optimizers;

public sealed class SgdTests
{
    // After 200 updates of momentum 0.5 its buffer is full to the last bit: 2 G. That of 0.9 is 10 G.
    [Theory]
    [InlineData("sgd(buffer rescale)")]
    [InlineData("nesterov(buffer rescale)")]
    public void Step_MomentumChangesWithRescaledBuffer_MovesAtTheNewSteadyStateAtOnce(string text)
    {
        using var run = new ConstantGradient(text);
        run.Move(0.5, 200);
        Assert.Equal(2, run.Move(0.5, 1), 1e-12);
        Assert.Equal(10, run.Move(0.9, 1), 1e-12);
        Assert.Equal(10, run.Move(0.9, 1), 1e-12);
        Assert.Equal(4, run.Move(0.75, 1), 1e-12);
        Assert.Equal(1, run.Move(0, 1), 1e-12);
        Assert.Equal(10, run.Move(0.9, 1), 1e-12);
    }

    // v = 10 - 8 * 0.9^t.
    [Fact]
    public void Step_MomentumChangesWithKeptBuffer_LagsBehind()
    {
        using var run = new ConstantGradient("sgd(buffer keep)");
        run.Move(0.5, 200);
        for (var t = 1; t <= 20; t++)
        {
            Assert.Equal(10 - (8 * Math.Pow(0.9, t)), run.Move(0.9, 1), 1e-12);
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("nesterov")]
    public void Step_MomentumThatStays_RescalesNothing(string name)
    {
        using var kept = new ConstantGradient(name);
        using var rescaled = new ConstantGradient($"{name}(buffer: rescale)");
        for (var t = 0; t < 20; t++)
        {
            Assert.Equal(kept.Move(0.9, 1), rescaled.Move(0.9, 1));
        }
    }

    [Fact]
    public void Step_BufferOfAMomentumOfZero_IsTheGradient()
    {
        using var run = new ConstantGradient("sgd(buffer rescale)");
        run.Move(0, 1);
        Assert.Equal(10, run.Move(0.9, 1), 1e-12);
    }

    [Fact]
    public void Restore_MomentumBeforeTheChange_IsPartOfTheState()
    {
        using var run = new ConstantGradient("sgd(buffer rescale)");
        run.Move(0.5, 200);
        using var snapshot = run.Take();
        var expected = run.Move(0.9, 1);
        run.Move(0.99, 3);
        snapshot.Restore();
        Assert.Equal(expected, run.Move(0.9, 1), 1e-12);
    }

    private sealed class ConstantGradient : IDisposable
    {
        private readonly Leaf _leaf = new();
        private readonly Optimizer _optimizer;

        public ConstantGradient(string text) =>
            _optimizer = OptimizerCatalog.Parse(text).Create([new ParameterGroup([_leaf.Weight])]);

        /// <summary>How far the weight went in so many updates of rate 1 under the gradient 1.</summary>
        public double Move(double momentum, int updates)
        {
            var before = Numbers.Values(_leaf.Weight)[0];
            for (var i = 0; i < updates; i++)
            {
                using var scope = NewDisposeScope();
                _leaf.Weight.sum().backward();
                _optimizer.TakeGradients();
                _optimizer.Step(new HyperParameters(1, 1, momentum, 0));
            }

            return before - Numbers.Values(_leaf.Weight)[0];
        }

        public Snapshot Take() => Snapshot.Take(_leaf, _optimizer);

        public void Dispose()
        {
            _optimizer.Dispose();
            _leaf.Dispose();
        }
    }

    private sealed class Leaf : nn.Module<Tensor, Tensor>
    {
        public Leaf()
            : base(nameof(Leaf))
        {
            Weight = new Parameter(Numbers.Of([0], 1));
            register_parameter("weight", Weight);
        }

        public Parameter Weight { get; }

        public override Tensor forward(Tensor input) => input * Weight;
    }
}
