using Rubato.Schedules;
using Rubato.Tests.Plans;

namespace Rubato.Tests;

public sealed partial class TrainingPlanTests
{
    // Warm-up: 0.02 + 0.48 t / 200. Cosine: 0.25 (1 + cos(pi (t - 200) / 800)).
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(50, 0.14)]
    [InlineData(100, 0.26)]
    [InlineData(199, 0.4976)]
    [InlineData(200, 0.5)]
    [InlineData(400, 0.4267766952966369)]
    [InlineData(600, 0.25)]
    [InlineData(800, 0.0732233047033631)]
    [InlineData(1000, 0)]
    [InlineData(2000, 0)]
    public void At_WarmupCosine_Table(long samples, double rate)
    {
        var plan = new TrainingPlan(Examples.Small with { LearningRate = new Warmup(new Cosine(0.5, 0), Duration.Share(0.2), 0.04) });

        var parameters = plan.At(samples);

        Assert.Equal(rate, parameters.LearningRate, 1e-14);
        Assert.Equal(parameters with { LearningRate = 0 }, new HyperParameters(0, 10, 0.9, 5e-4));
    }

    [Fact]
    public void At_EverySchedule_ReadAtTheStartOfTheUpdate()
    {
        var plan = new TrainingPlan(Examples.Small with { Momentum = new Linear(0.5, 0), WeightDecay = new Linear(0, 1) });

        Assert.Equal(new HyperParameters(1, 10, 0.5, 0), plan.At(0));
        Assert.Equal(new HyperParameters(0.75, 10, 0.375, 0.25), plan.At(250));
    }

    [Fact]
    public void At_Group_ItsOwnOrThePlans()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            Groups = [new GroupSettings("bias", LearningRate: new Linear(2, 0), WeightDecay: 0), new GroupSettings("norm", Momentum: 0.5)],
        });

        Assert.Equal(new HyperParameters(0.5, 10, 0.9, 5e-4), plan.At(500));
        Assert.Equal(new HyperParameters(1, 10, 0.9, 0), plan.At(500, "bias"));
        Assert.Equal(new HyperParameters(0.5, 10, 0.5, 5e-4), plan.At(500, "norm"));
        Assert.Throws<ArgumentNullException>("group", () => plan.At(500, null!));
    }

    [Fact]
    public void At_Negative_Refused()
    {
        var plan = new TrainingPlan(Examples.Small);

        Assert.Throws<ArgumentOutOfRangeException>("samples", () => plan.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => plan.IsOver(-1));
    }

    // Each length on its own comes to 250 samples: a quarter of 10 epochs of 100, in batches of 10.
    [Theory]
    [InlineData(2.5, TimeUnit.Epochs)]
    [InlineData(25, TimeUnit.Batches)]
    [InlineData(250, TimeUnit.Samples)]
    [InlineData(0.25, TimeUnit.Share)]
    public void LearningRate_AnyUnit_InSamples(double value, TimeUnit unit)
    {
        var plan = new TrainingPlan(Examples.Small with { LearningRate = new Linear(0, 1, Duration.Of(value, unit)).Then(new Cosine(1, 0)) });

        Assert.Equal("linear(0 -> 1, 250sp) then cosine(1 -> 0, 750sp)", plan.LearningRate.ToString());
    }

    [Theory]
    [InlineData(10, TimeUnit.Epochs)]
    [InlineData(100, TimeUnit.Batches)]
    [InlineData(1000, TimeUnit.Samples)]
    public void Samples_AnyUnit_TheBudget(double value, TimeUnit unit)
    {
        var plan = new TrainingPlan(Examples.Small with { Length = Duration.Of(value, unit) });

        Assert.Equal(1000, plan.Samples);
        Assert.Equal(100, plan.CountUpdates());
    }

    // 20 updates of 10, then 40: update 20 begins at sample 200.
    [Theory]
    [InlineData(20, 200)]
    [InlineData(25, 400)]
    public void LearningRate_BatchesOfAGrowingBatch_FollowTheUpdates(double batches, double samples)
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            BatchSize = new MultiStep(10, 4, [Duration.Epochs(2)]),
            LearningRate = new MultiStep(1, 0.1, [Duration.Batches(batches)]),
        });

        Assert.Equal($"multi-step(1, gamma 0.1, at {samples}sp)", plan.LearningRate.ToString());
    }

    [Fact]
    public void BatchSize_PhasesInBatches_KnowTheirSamples()
    {
        var phases = new TrainingPlan(Examples.Small with { BatchSize = new Constant(10, Duration.Batches(20)).Then(40) });
        var table = new TrainingPlan(Examples.Small with
        {
            BatchSize = new Table([new TablePoint(Duration.Batches(0), 10), new TablePoint(Duration.Batches(20), 40)]),
        });
        var steps = new TrainingPlan(Examples.Small with { BatchSize = new MultiStep(10, 4, [Duration.Batches(20)]) });

        Assert.Equal("constant(10, 200sp) then 40", phases.BatchSize.ToString());
        Assert.Equal("table(0sp: 10, 200sp: 40)", table.BatchSize.ToString());
        Assert.Equal(table.BatchSize, steps.BatchSize);
        Assert.Equal(40, table.CountUpdates());
    }

    // 0.1 + 0.2 + 0.7 is a little more than 1.
    [Fact]
    public void LearningRate_SharesOfTheWholeBudget_LeaveNothing()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            LearningRate = Schedule.Parse("linear(0 -> 1, 0.1dur) then linear(1 -> 0.5, 0.2dur) then 0.5 then linear(0.5 -> 0, 0.7dur)"),
        });

        Assert.Equal(0.25, plan.At(650).LearningRate, 1e-12);
    }

    [Fact]
    public void Equals_SameSettings_Equal()
    {
        var plan = new TrainingPlan(Examples.Small);

        Assert.Equal(plan, new TrainingPlan(Examples.Small with { Length = Duration.Epochs(10) }));
        Assert.Equal(plan.GetHashCode(), new TrainingPlan(Examples.Small with { Length = Duration.Epochs(10) }).GetHashCode());
        Assert.NotEqual(plan, new TrainingPlan(Examples.Small with { Momentum = 0.8 }));
    }

    [Fact]
    public void At_ManyCalls_NothingAllocated()
    {
        var plan = new TrainingPlan(Examples.OnCifar10(Examples.Decayed(0.1), Examples.Grown(128), 0.9));
        var sum = 0.0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var samples = 0L; samples < 10_000; samples++)
        {
            sum += plan.At(samples * 1000).LearningRate;
        }

        Assert.True(sum > 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }
}
