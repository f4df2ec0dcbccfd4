using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;
using Rubato.Tests.Plans;

namespace Rubato.Tests;

public sealed partial class TrainingPlanTests
{
    [Theory]
    [InlineData("linear(0 -> 1, 2ba) then 1", 2)]
    [InlineData("warmup(cosine(1 -> 0), 1ba)", 1)]
    [InlineData("warmup(cosine(1 -> 0), 10ba)", 10)]
    [InlineData("warmup(cosine(1 -> 0), 11ba)", null)]
    [InlineData("warmup(cosine(1 -> 0), 2ba, from 0.1)", null)]
    [InlineData("constant(0, 1ba) then 1", 1)]
    [InlineData("constant(0, 2ba) then 1", null)]
    [InlineData("cosine(1 -> 0)", null)]
    [InlineData("0", null)]
    public void ShortWarmupFromZero_Rate_UpdatesWhileItRises(string rate, int? expected) =>
        Assert.Equal(expected, new TrainingPlan(Examples.Small with { LearningRate = Schedule.Parse(rate) }).ShortWarmupFromZero());

    [Theory]
    [InlineData(EpochTail.Cut, 100, null)]
    [InlineData(EpochTail.Cut, 101, 100L)]
    [InlineData(EpochTail.Carry, 101, null)]
    public void FirstUpdateOf_OneSample_WhereTheEpochLeavesOne(EpochTail tail, long size, long? expected) =>
        Assert.Equal(expected, new TrainingPlan(Examples.Small with { SamplesPerEpoch = size, BatchSize = 10, Tail = tail }).FirstUpdateOf(1));

    [Fact]
    public void FirstUpdateOf_BatchesThatGrow_WhereTheyHaveTheSize()
    {
        var plan = new TrainingPlan(Examples.Small with { BatchSize = new MultiStep(10, 2, [Duration.Samples(500)]) });
        Assert.Equal((0, 500, null), (plan.FirstUpdateOf(10), plan.FirstUpdateOf(20), plan.FirstUpdateOf(1)));
    }

    [Fact]
    public void EnumerateUpdates_BatchesGrowTwiceAtOneUpdate_BothFactors()
    {
        var twice = new MultiStep(10, 2, [Duration.Batches(5), Duration.Batches(5)]);
        var plan = new TrainingPlan(Examples.Small with { Length = Duration.Batches(7), BatchSize = twice });
        Assert.Equal([10, 10, 10, 10, 10, 40, 40], plan.EnumerateUpdates().Select(update => update.HyperParameters.BatchSize));
    }

    // Smith et al. 2018, Figure 5: the original, the batch grown instead, a higher first rate, a higher momentum.
    [Theory]
    [InlineData(0.1, 0.9, 128, false, 80_000)]
    [InlineData(0.1, 0.9, 128, true, 29_188)]
    [InlineData(0.5, 0.9, 640, true, 6_453)]
    [InlineData(0.5, 0.98, 3200, true, 2_352)]
    public void CountUpdates_DontDecayTheLearningRate_AsCalculated(double rate, double momentum, double batchSize, bool grows, long updates)
    {
        var plan = new TrainingPlan(grows
            ? Examples.OnCifar10(rate, Examples.Grown(batchSize), momentum)
            : Examples.OnCifar10(Examples.Decayed(rate), batchSize, momentum));

        Assert.Equal(updates, plan.CountUpdates());
        Assert.Equal(updates, plan.EnumerateUpdates().LongCount());
    }

    // A change at sample 45 lies in the middle of the fifth update of 10, which keeps its size; one at 44 does not.
    [Theory]
    [InlineData(44, new long[] { 10, 10, 10, 10, 20, 20, 20 })]
    [InlineData(45, new long[] { 10, 10, 10, 10, 10, 20, 20, 20 })]
    [InlineData(50, new long[] { 10, 10, 10, 10, 10, 20, 20, 20 })]
    [InlineData(54, new long[] { 10, 10, 10, 10, 10, 20, 20, 20 })]
    public void EnumerateUpdates_Growth_AtTheNearestUpdate(double at, long[] sizes)
    {
        var plan = new TrainingPlan(Examples.Small with { Length = Duration.Samples(100), BatchSize = new MultiStep(10, 2, [Duration.Samples(at)]) });

        Assert.Equal(sizes, plan.EnumerateUpdates().Select(update => update.HyperParameters.BatchSize));
    }

    [Fact]
    public void EnumerateUpdates_RateAndBatchChangeTogether_InOneUpdate()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            Length = Duration.Samples(100),
            BatchSize = new MultiStep(10, 2, [Duration.Samples(44)]),
            LearningRate = new MultiStep(1, 2, [Duration.Samples(44)]),
        });

        Assert.All(plan.EnumerateUpdates(), update => Assert.Equal(10, update.HyperParameters.BatchSize / update.HyperParameters.LearningRate));
    }

    // Budgets of 4, 5, 14, 15 and 24 samples in batches of 10: the nearest number of updates, more where two are as near, and at least one.
    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(24, 2)]
    [InlineData(25, 3)]
    public void CountUpdates_Budget_NearestWholeUpdates(double samples, long updates)
    {
        var plan = new TrainingPlan(Examples.Small with { Length = Duration.Samples(samples) });

        Assert.Equal(updates, plan.CountUpdates());
        Assert.Equal(updates, plan.EnumerateUpdates().LongCount());
    }

    // Two epochs of 25 and a half: each ends with a cut batch, and so does the run.
    [Fact]
    public void EnumerateUpdates_Cut_EndsAtEpochsAndAtTheBudget()
    {
        var plan = new TrainingPlan(Examples.Small with { SamplesPerEpoch = 25, Length = Duration.Epochs(2.48), Tail = EpochTail.Cut });

        Assert.Equal([10, 10, 5, 10, 10, 5, 10, 2], plan.EnumerateUpdates().Select(update => update.HyperParameters.BatchSize));
        Assert.Equal(8, plan.CountUpdates());
        Assert.Equal([0, 10, 20, 25, 35, 45, 50, 60], plan.EnumerateUpdates().Select(update => update.Start));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], plan.EnumerateUpdates().Select(update => update.Step));
        Assert.True(plan.IsOver(62));
    }

    [Fact]
    public void Updates_CutLongBeforeTheirPlannedMiddle_BelongToThePhaseOfTheirTrueMiddle()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            BatchSize = new Constant(96, Duration.Samples(17)).Then(4),
            LearningRate = new MultiStep(1, 0.5, [Duration.Samples(17)]),
            SamplesPerEpoch = 10,
            Length = Duration.Samples(24),
            Tail = EpochTail.Cut,
        });

        Assert.Equal([(10, 1), (10, 1), (4, 0.5)], plan.EnumerateUpdates().Select(update => (update.HyperParameters.BatchSize, update.HyperParameters.LearningRate)));
    }

    // The change to 2 at sample 14 is nearest to the second update of 10: it is made of small ones that are of the new phase already.
    [Fact]
    public void EnumerateUpdates_Shrinking_NewPhaseFromTheNearestUpdate()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            Length = Duration.Samples(18),
            BatchSize = new MultiStep(10, 0.2, [Duration.Samples(14)]),
            LearningRate = new MultiStep(1, 0.2, [Duration.Samples(14)]),
        });

        Assert.Equal([10, 2, 2, 2, 2], plan.EnumerateUpdates().Select(update => update.HyperParameters.BatchSize));
        Assert.Equal([1, 0.2, 0.2, 0.2, 0.2], plan.EnumerateUpdates().Select(update => update.HyperParameters.LearningRate));
    }

    [Fact]
    public void CountUpdates_HugeBudget_AtOnce() =>
        Assert.Equal(1_000_000_000_000, new TrainingPlan(Examples.Small with { Length = Duration.Batches(1e12) }).CountUpdates());

    [Fact]
    public void CountUpdates_RandomPlans_AsEnumerated() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
    {
        var plan = RandomPlan(seed);
        var updates = plan.EnumerateUpdates().ToList();
        var counted = plan.CountUpdates();
        Assert.All(updates, update => Assert.True(update.HyperParameters.BatchSize >= 1));
        Assert.Equal(updates.Count, counted);
        var (end, last) = (updates[^1].End, updates[^1].HyperParameters.BatchSize);
        if (plan.Settings.Tail == EpochTail.Cut)
        {
            Assert.Equal(plan.Samples, end);
            return;
        }

        Assert.True(updates.Count == 1 || 2 * (end - plan.Samples) <= last);
        Assert.True(2 * (plan.Samples - end) < plan.At(end).BatchSize);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BatchesInLengths_RandomPlansThatNeverShrink_CountTheUpdatesBefore() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
    {
        var random = new CounterRandom(seed, 1, 0);
        var plan = RandomPlan(seed);
        var updates = plan.EnumerateUpdates().ToList();
        if (updates.Zip(updates.Skip(1)).Any(pair => pair.Second.HyperParameters.BatchSize < pair.First.HyperParameters.BatchSize))
        {
            return;
        }

        var batches = 1 + (long)(random.NextDouble() * updates.Count);
        var stepped = new TrainingPlan(plan.Settings with { LearningRate = new MultiStep(1, 0.5, [Duration.Batches(batches)]) });
        Assert.Equal(batches, stepped.EnumerateUpdates().Count(update => update.HyperParameters.LearningRate == 1) + Math.Max(batches - updates.Count, 0));
    }).QuickCheckThrowOnFailure();

    private static TrainingPlan RandomPlan(int seed)
    {
        var random = new CounterRandom(seed, 0, 0);
        long Between(long low, long high) => low + (long)(random.NextDouble() * (high - low + 1));
        Duration Length() => Between(0, 2) switch
        {
            0 => Duration.Samples(Between(1, 3000)),
            1 => Duration.Epochs(random.NextDouble() * 3),
            _ => Duration.Share(random.NextDouble() * 0.5),
        };
        Schedule batchSize = Between(0, 4) switch
        {
            0 => Between(1, 300),
            1 => new Step(Between(1, 50), 1.5, Duration.Samples(Between(100, 2000))).Clamp(1, 500),
            2 => new Linear(Between(1, 100), Between(1, 300), Length()),
            3 => new Constant(Between(1, 100), Length()).Then(new Constant(Between(1, 100), Length())).Then(Between(1, 400)),
            _ => new Repeat(new Table([new TablePoint(Duration.Samples(0), Between(1, 99)), new TablePoint(Duration.Samples(Between(1, 900)), Between(1, 99))])),
        };
        return new TrainingPlan(new PlanSettings
        {
            LearningRate = 0.1,
            BatchSize = batchSize,
            SamplesPerEpoch = Between(1, 2000),
            Length = Duration.Samples(Between(1, 9000)),
            Tail = Between(0, 1) == 0 ? EpochTail.Carry : EpochTail.Cut,
        });
    }
}
