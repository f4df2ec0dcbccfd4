using Rubato.Control;
using Rubato.Plans;
using Rubato.Samples.OwnLoop;

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

    // The other processes are computed here: the sum is what a loop alone finds.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sharing_Processes_CountGlobalSamples(int processes)
    {
        var (plain, expected) = Start();
        Loops.Plain(plain, expected);
        var (driver, model) = Start();
        double SumOverProcesses(double own)
        {
            var all = new Model { Weight = model.Weight };
            all.AddGradient(driver.Progress.Samples, driver.Next.BatchSize, share: 1);
            return processes == 1 ? own : all.Gradient;
        }

        Loops.Sharing(driver, model, rank: processes - 1, processes, SumOverProcesses);

        Assert.Equal(expected.Weight, model.Weight);
        Assert.Equal(plain.Progress, driver.Progress);
        Assert.Equal(60_000 / processes, model.SamplesSeen, 450.0);
    }

    private static (PlanDriver Driver, Model Model) Start()
    {
        var model = new Model();
        return (Planning.WithGroup(Plan, model, new Model()), model);
    }
}
