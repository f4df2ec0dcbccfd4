using Rubato.Control;
using Rubato.Plans;
using Rubato.Samples.TorchSharp;
using Rubato.Schedules;
using Rubato.Schedules.Recipes;
using Rubato.Time;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rubato.Samples.Tests.TorchSharp;

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
        var toy = new Toy();
        TrainingLoop.Train(new PlanDriver(Plan), Sgd(toy), toy.LossOf);

        Assert.InRange(toy.Loss, 0, 0.01);
        Assert.Equal(60, toy.BatchSizes.Count);
        Assert.Equal([.. Enumerable.Repeat(8L, 40), .. Enumerable.Repeat(16L, 20)], toy.BatchSizes);
    }

    [Fact]
    public void Train_Adam_Beta1FollowsThePlanAndBeta2Stays()
    {
        var toy = new Toy();
        var group = new Adam.ParamGroup { Parameters = [toy.Weight, toy.Bias] };
        var optimizer = new Adam([group], beta1: 0.5, beta2: 0.99);
        var seen = new List<(double, double)>();
        Tensor Watched(long size)
        {
            seen.Add(group.Betas);
            return toy.LossOf(size);
        }

        TrainingLoop.Train(new PlanDriver(Plan), optimizer, Watched);

        Assert.Equal(Plan.EnumerateUpdates().Select(update => (update.HyperParameters.Momentum, 0.99)), seen);
        Assert.Equal(0.9, seen[0].Item1, 1e-12);
        Assert.InRange(seen.Min(betas => betas.Item1), 0.8, 0.801);
        Assert.InRange(toy.Loss, 0, 1.5);
    }

    [Fact]
    public void Train_SecondGroup_FollowsThePlansGroup()
    {
        var toy = new Toy();
        var optimizer = Sgd(toy);

        TrainingLoop.Train(new PlanDriver(Plan), optimizer, toy.LossOf);

        Assert.Equal([0.01, 0], optimizer.ParamGroups.Cast<SGD.ParamGroup>().Select(group => group.Options.weight_decay!.Value));
    }

    [Fact]
    public void Train_SavedAndRestored_WritesTheSameValues()
    {
        var whole = new List<HyperParameters>();
        var driver = new PlanDriver(Plan);
        driver.Attach(whole.Add);
        TrainingLoop.Train(driver, Sgd(new Toy()), new Toy().LossOf);

        var first = new PlanDriver(Plan);
        while (first.Progress.Updates < 25)
        {
            first.Prepare();
            first.Applied();
        }

        var rest = new List<HyperParameters>();
        var second = new PlanDriver(Plan);
        second.Attach(rest.Add);
        second.Restore(DriverState.Parse(first.State.ToJson()));
        TrainingLoop.Train(second, Sgd(new Toy()), new Toy().LossOf);

        Assert.Equal(whole[25..], rest);
    }

    private static SGD Sgd(Toy toy) =>
        new([new SGD.ParamGroup { Parameters = [toy.Weight] }, new SGD.ParamGroup { Parameters = [toy.Bias] }], lr: 1, momentum: 0.5);
}
