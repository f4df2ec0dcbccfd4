using Rubato.Cli.Catalog;
using Rubato.Control;
using Rubato.Data;
using Rubato.Data.Datasets;
using Rubato.Torch.Memory;
using Rubato.Torch.Networks;
using Rubato.Torch.Optimizers;
using Rubato.Torch.Running;
using Rubato.Torch.Tests.Objectives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Running;

public sealed partial class TrainingLoopTests : IDisposable
{
    private static readonly Examples Train = DatasetCatalog.Load("glyphs(train 100)", new DatasetOptions()).Train;
    private readonly Module<Tensor, Tensor> _network;
    private readonly Optimizer _optimizer;
    private readonly TrainingLoop _trainer;

    public TrainingLoopTests()
    {
        Engine.Seed(3);
        _network = NetworkCatalog.Parse("mlp(8)").Build(new InputShape(1, 28, 28, 10));
        _optimizer = new Sgd(ParameterGroup.Of(_network), nesterov: false);
        _trainer = new TrainingLoop(
            Over.Examples(_network, Train),
            _optimizer,
            new PlanController(new TrainingPlan(new PlanSettings
            {
                Length = Duration.Epochs(10),
                SamplesPerEpoch = Train.Count,
                LearningRate = 0.1,
                BatchSize = 40,
                Momentum = 0.9,
                Tail = EpochTail.Cut,
            })),
            new BatchOrder(Train.Count, 3).Next,
            seed: 3,
            microBatch: null);
    }

    private float[] Bias => MemoryOrder.ToArray<float>(_network.state_dict().Last().Value);

    [Fact]
    public void Step_Applied_MovesProgressAndWeights()
    {
        var before = Bias;
        var seen = _trainer.Step();
        Assert.Equal(new Progress(1, 40), seen.Progress);
        Assert.Equal(seen.Progress, _trainer.Progress);
        Assert.NotEqual(before, Bias);
        Assert.Equal([40, 20, 40], [_trainer.Step().Applied.BatchSize, _trainer.Step().Applied.BatchSize, _trainer.Step().Applied.BatchSize]);
    }

    [Fact]
    public void Step_LossNotFinite_IsSkippedAndLeavesNothingBehind()
    {
        var expected = _trainer.Step();
        using var twin = new TrainingLoopTests();
        var bias = twin._network.state_dict().Last().Value;
        var sound = MemoryOrder.ToArray<float>(bias);
        MemoryOrder.AsSpan<float>(bias).Fill(float.NaN);
        var skipped = twin._trainer.Step();
        Assert.False(double.IsFinite(skipped.Loss));
        Assert.Equal(default, twin._trainer.Progress);
        sound.CopyTo(MemoryOrder.AsSpan<float>(bias));
        Assert.Equal(expected, twin._trainer.Step());
        Assert.Equal(Bias, twin.Bias);
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }
}
