using Rubato.Schedules;
using Rubato.Tests.Plans;

namespace Rubato.Tests;

public sealed class PlanDriverTests
{
    private static readonly TrainingPlan Plan = new(Examples.Small with { Groups = [new GroupSettings("bias", WeightDecay: 0)] });

    [Fact]
    public void Prepare_WholePlan_WritesEveryPlannedUpdate()
    {
        var driver = new PlanDriver(Plan);
        var written = new List<HyperParameters>();
        driver.Attach(written.Add);
        while (!driver.IsOver)
        {
            Assert.Equal(driver.Prepare(), written[^1]);
            driver.Applied();
        }

        Assert.Equal(Plan.EnumerateUpdates().Select(update => update.HyperParameters), written);
        Assert.Equal(new Progress(100, 1000), driver.Progress);
    }

    [Fact]
    public void Prepare_SkippedUpdate_TheSameAgain()
    {
        var driver = new PlanDriver(Plan);
        driver.Prepare();
        driver.Applied();
        var skipped = driver.Prepare();

        Assert.Equal(skipped, driver.Prepare());
        Assert.Equal(Plan.At(10), skipped);
    }

    [Fact]
    public void Attach_Restore_WriteNothing()
    {
        var driver = new PlanDriver(Plan);
        driver.Attach(_ => Assert.Fail("written"));
        driver.Restore(driver.State);
        driver.Applied();
    }

    [Fact]
    public void Prepare_Group_ItsOwnValues()
    {
        var driver = new PlanDriver(Plan);
        var (own, plans) = (default(HyperParameters), default(HyperParameters));
        driver.Attach("bias", values => own = values);
        driver.Attach(values => plans = values);
        driver.Prepare();

        Assert.Equal(new HyperParameters(1, 10, 0.9, 0), own);
        Assert.Equal(new HyperParameters(1, 10, 0.9, 5e-4), plans);
    }

    [Fact]
    public void Attach_UnknownGroup_SaysWhichThereAre()
    {
        var message = Assert.Throws<ArgumentException>("group", () => new PlanDriver(Plan).Attach("biases", _ => { })).Message;

        Assert.StartsWith("The plan has no parameter group 'biases'; it has bias.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(100)]
    public void Restore_AnyPosition_GoesOnBitForBit(int updates)
    {
        var first = new PlanDriver(Plan);
        for (var i = 0; i < updates; i++)
        {
            first.Applied();
        }

        var second = new PlanDriver(new TrainingPlan(Plan.Settings));
        second.Applied(7);
        second.Restore(DriverState.Parse(first.State.ToJson()));

        Assert.Equal(first.State, second.State);
        Assert.Equal(first.Next, second.Next);
        Assert.Equal(first.IsOver, second.IsOver);
    }

    [Fact]
    public void Restore_AnotherPlan_RefusedUnlessWanted()
    {
        var saved = new PlanDriver(Plan);
        saved.Applied();
        var longer = new PlanDriver(new TrainingPlan(Plan.Settings with { Length = Duration.Epochs(20) }));

        var refused = Assert.Throws<InvalidInputException>(() => longer.Restore(saved.State));
        Assert.StartsWith("the saved state belongs to another plan (", refused.Message, StringComparison.Ordinal);
        Assert.Equal(default, longer.Progress);

        longer.Restore(saved.State, ResumePolicy.UseNew);
        Assert.Equal(new Progress(1, 10), longer.Progress);
        Assert.Equal(0.995, longer.Next.LearningRate, 1e-15);
    }

    [Fact]
    public void Applied_TrueSize_MovesByIt()
    {
        var driver = new PlanDriver(Plan);
        driver.Applied(3);

        Assert.Equal(new Progress(1, 3), driver.Progress);
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => driver.Applied(0));
    }

    [Fact]
    public void Prepare_ManyUpdates_NothingAllocated()
    {
        var driver = new PlanDriver(new TrainingPlan(Examples.Small with { Length = Duration.Batches(20_000), LearningRate = new Cosine(1, 0) }));
        var sum = 0.0;
        driver.Attach(values => sum += values.LearningRate);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            driver.Prepare();
            driver.Applied();
        }

        Assert.True(sum > 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }
}
