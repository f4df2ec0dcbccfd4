using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class LoopsTests
{
    private static readonly TrainingPlan Plan = Planning.WarmupThenCosine();

    [Fact]
    public void Plain_WholePlan_EndsNearTheBestWeight()
    {
        var (driver, model) = Start();

        Loops.Plain(driver, model);

        // 5e-4 of weight decay pulls the best weight, 1, to 1 / 1.0005.
        Assert.Equal(1 / 1.0005, model.Weight, 0.01);
        Assert.Equal(new Progress(Plan.CountUpdates(), 60_000), driver.Progress);
    }

    [Fact]
    public void Skipping_PoisonedBatches_DoNotMoveThePlan()
    {
        var (driver, model) = Start();

        Loops.Skipping(driver, model, first => first % 1_000 == 0);

        Assert.Equal(new Progress(Plan.CountUpdates(), 60_000), driver.Progress);
        Assert.True(model.SamplesSeen > 65_000);
        Assert.Equal(1 / 1.0005, model.Weight, 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Accumulating_MicroBatches_ComeToTheSameWeight(long microBatch)
    {
        var (plain, expected) = Start();
        Loops.Plain(plain, expected);
        var (driver, model) = Start();

        Loops.Accumulating(driver, model, microBatch);

        Assert.Equal(expected.Weight, model.Weight, 1e-10);
        Assert.Equal(plain.Progress, driver.Progress);
    }

    [Fact]
    public void Grouped_BiasWithoutDecay_EndsAtTheBestWeightItself()
    {
        var (body, bias) = (new Model(), new Model());

        Loops.Grouped(new Driver(Planning.WithGroup(Plan)), body, bias);

        Assert.Equal((5e-4, 0), (body.WeightDecay, bias.WeightDecay));
        Assert.Equal(1, bias.Weight, 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sharing_Processes_ComeToTheSameWeight(int processes)
    {
        var (plain, expected) = Start();
        Loops.Plain(plain, expected);

        var all = RunTogether(processes);

        Assert.All(all, own => Assert.Equal(plain.Progress, own.Driver.Progress));
        Assert.All(all, own => Assert.Equal(expected.Weight, own.Model.Weight, 1e-10));
        Assert.Single(all.Select(own => own.Model.Weight).Distinct());
        Assert.Equal(60_000, all.Sum(own => own.Model.SamplesSeen));
    }

    // A thread for each process; a sum waits for all of them.
    private static (Driver Driver, Model Model)[] RunTogether(int processes)
    {
        using var barrier = new Barrier(processes);
        var summands = new double[processes];
        double Sum(int rank, double own)
        {
            summands[rank] = own;
            barrier.SignalAndWait();
            var sum = summands.Sum();
            barrier.SignalAndWait();
            return sum;
        }

        var all = Enumerable.Range(0, processes).Select(_ => Start()).ToArray();
        var threads = all.Select((own, rank) => new Thread(() => Loops.Sharing(own.Driver, own.Model, rank, processes, value => Sum(rank, value)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return all;
    }

    private static (Driver Driver, Model Model) Start()
    {
        var model = new Model();
        return (new Driver(Plan), model);
    }
}
