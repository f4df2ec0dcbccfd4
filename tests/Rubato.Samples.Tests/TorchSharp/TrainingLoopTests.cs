using Rubato.Schedules;
using Samples.TorchSharp;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Rubato.Samples.Tests.TorchSharp;

[Collection(TorchSharpCollection.Name)]
public sealed class TrainingLoopTests
{
    private static readonly TrainingPlan Plan = new(new PlanSettings
    {
        Length = Duration.Batches(60),
        LearningRate = new OneCycle(0.2),
        Momentum = new OneCycleMomentum(0.8, 0.9),
        BatchSize = Schedule.Parse("constant(8, 40ba) then 16"),
        WeightDecay = 0.01,
        Groups = [new GroupSettings("bias", WeightDecay: 0)],
    });

    [Fact]
    public void Train_Sgd_LossFalls()
    {
        using var toy = new Toy();
        using var optimizer = Sgd(toy);
        TrainingLoop.Train(new Driver(Plan), toy, optimizer, toy.LossOf);

        Assert.InRange(toy.Loss, 0, 0.01);
        Assert.Equal(60, toy.BatchSizes.Count);
        Assert.Equal([.. Enumerable.Repeat(8L, 40), .. Enumerable.Repeat(16L, 20)], toy.BatchSizes);
    }

    [Fact]
    public void Train_Adam_Beta1FollowsThePlanAndBeta2Stays()
    {
        using var toy = new Toy();
        using var optimizer = Adam(toy.parameters(), beta1: 0.5, beta2: 0.99);
        var seen = new List<(double, double)>();
        Tensor Watched(long size)
        {
            seen.Add(((IBetas)optimizer.ParamGroups.Single()).Betas);
            return toy.LossOf(size);
        }

        TrainingLoop.Train(new Driver(new TrainingPlan(Plan.Settings with { Groups = [] })), toy, optimizer, Watched);

        Assert.Equal(Plan.EnumerateUpdates().Select(update => (update.HyperParameters.Momentum, 0.99)), seen);
        Assert.Equal(0.9, seen[0].Item1, 1e-12);
        Assert.InRange(seen.Min(betas => betas.Item1), 0.8, 0.801);
        Assert.InRange(toy.Loss, 0, 1.5);
    }

    [Fact]
    public void Train_SecondGroup_FollowsThePlansGroup()
    {
        using var toy = new Toy();
        using var optimizer = Sgd(toy);

        TrainingLoop.Train(new Driver(Plan), toy, optimizer, toy.LossOf);

        Assert.Equal([0.01, 0], optimizer.ParamGroups.Cast<SGD.ParamGroup>().Select(group => group.Options.weight_decay!.Value));
    }

    [Fact]
    public void Train_SavedAndRestored_WritesTheSameValues()
    {
        var whole = TrainFromScratch(new Driver(Plan));

        var first = new Driver(Plan);
        while (first.Progress.Updates < 25)
        {
            first.TryNext(out _);
            _ = first.NextOf("bias");
            first.Report(1);
        }

        var second = new Driver(Plan);
        second.Restore(first.Save());

        Assert.Equal(whole[25..], TrainFromScratch(second));
    }

    // A second run: the first one makes the optimizer's buffers, which stay.
    [Theory]
    [InlineData("SGD")]
    [InlineData("AdamW")]
    public void Train_AHundredUpdates_LeaveNoTensors(string name)
    {
        using var toy = new Toy();
        using var optimizer = Optimizers.Create(name, toy.parameters());
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Batches(100), LearningRate = new OneCycle(0.01), BatchSize = 8, WeightDecay = 0.01 });
        TrainingLoop.Train(new Driver(plan), toy, optimizer, toy.LossOf);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        TrainingLoop.Train(new Driver(plan), toy, optimizer, toy.LossOf);

        Assert.Equal(200, toy.BatchSizes.Count);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static List<(double Rate, double Momentum)> TrainFromScratch(Driver driver)
    {
        using var toy = new Toy();
        using var optimizer = Sgd(toy);
        var written = new List<(double, double)>();
        TrainingLoop.Train(driver, toy, optimizer, size =>
        {
            written.Add((optimizer.ParamGroups.First().LearningRate, ((SGD.ParamGroup)optimizer.ParamGroups.First()).Options.momentum!.Value));
            return toy.LossOf(size);
        });
        return written;
    }

    private static SGD Sgd(Toy toy) => new([new SGD.ParamGroup([toy.Weight]), new SGD.ParamGroup([toy.Bias])], lr: 1, momentum: 0.5);
}
