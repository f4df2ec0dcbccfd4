using Rubato.Control;
using Rubato.Torch.Objectives;
using Rubato.Torch.Tasks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rubato.Torch.Tests.Tasks;

public sealed class TaskMakerTests
{
    [Fact]
    public void Build_OwnRehearsal_TakesTheOptimizersUsualRateUnlessItSaysOne()
    {
        Assert.Equal(0.001, Build(new RehearsalSettings()).Rehearsal.UsualRate);
        Assert.Equal(0.5, Build(new RehearsalSettings { UsualRate = 0.5 }).Rehearsal.UsualRate);
        Assert.Equal(RehearsalSettings.AdaptiveBatchLean, Build(null).Rehearsal.BatchLean);
        Assert.Equal(0.001, Build(null).Rehearsal.UsualRate);
    }

    private static TrainingTask Build(RehearsalSettings? rehearsal)
    {
        using var scope = NewDisposeScope();
        using var network = Linear(2, 2);
        var subject = new SupervisedSubject(network, Samples.Of(zeros(8, 2), arange(8) % 2), heldOut: null, Losses.CrossEntropy);
        return TaskMaker.Build(
            subject, network, new TrainerSettings { Length = Duration.Epochs(1), BatchSize = 4, Rehearsal = rehearsal }, Rate.Rehearsed());
    }
}
