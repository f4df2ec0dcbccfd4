using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;
using Rubato.Schedules;
using Rubato.Tests.Plans;
using Rubato.Tests.Schedules;

namespace Rubato.Tests.Rewrites;

public sealed class PlanRewriteTests
{
    public static TheoryData<int, int[]> PapersPlans => new()
    {
        { 80_000, [] },
        { 29_188, [0] },
        { 6_453, [1, 0] },
        { 2_352, [1, 2, 0] },
    };

    private static PlanRewrite[] Papers { get; } = [new GrowBatch { MaxBatch = 5120 }, new ScaleBatch(5), new RaiseMomentum(0.98)];

    // Smith et al. 2018, Figure 5, from its first plan alone.
    [Theory]
    [MemberData(nameof(PapersPlans))]
    public void Apply_DontDecayTheLearningRate_UpdatesOfThePaper(int updates, int[] rewrites)
    {
        var plan = rewrites.Aggregate(RewriteExamples.Original, (before, i) => Papers[i].Apply(before));

        Assert.Equal(updates, plan.CountUpdates());
        RewriteExamples.AssertSameNoise(RewriteExamples.Original, plan, NoiseForm.SmallBatch);
    }

    [Fact]
    public void Apply_DontDecayTheLearningRate_ReadableSchedules()
    {
        var plan = Papers[0].Apply(Papers[2].Apply(Papers[1].Apply(RewriteExamples.Original)));

        Assert.Equal(["table(0ep: 0.5, 60ep: 0.16, 120ep: 0.032, 160ep: 0.0064)", "table(0ep: 3200, 60ep: 5120)"], RewriteExamples.Texts(plan));
        Assert.Equal(0.98, plan.Settings.Momentum);
    }

    [Fact]
    public void Apply_RandomPlans_SameNoiseAtEveryUpdate() => Prop.ForAll(RewriteExamples.Plans, Arb.From(Gen.Choose(0, 3 * 2 * 4 * 3 - 1)), (plan, kind) =>
    {
        var form = kind % 2 == 0 ? NoiseForm.SmallBatch : NoiseForm.Exact;
        var multiple = new[] { 1, 3, 8, 1 }[kind / 2 % 4];
        long? largest = new long?[] { null, 60, 100 }[kind / 8 % 3];
        PlanRewrite rewrite = (kind / 24) switch
        {
            0 => new GrowBatch { Form = form, Multiple = multiple, MaxBatch = largest, First = multiple == 8 ? 2 : null, Ratio = 1.5 },
            1 => new ScaleBatch(multiple == 3 ? 0.4 : 3.7) { Form = form, Multiple = multiple, MaxBatch = largest },
            _ => new RaiseMomentum(0.95) { Form = form, Multiple = multiple, MaxBatch = largest },
        };

        var rewritten = RewriteExamples.Apply(rewrite, plan);
        RewriteExamples.AssertSameNoise(plan, rewritten, form);
        if (double.IsPositiveInfinity(plan.BatchSize.HoldsUntil(0)))
        {
            RewriteExamples.AssertReadWhereItBegins(plan, rewritten);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_OneAfterAnother_SameNoiseAtEveryUpdate() => Prop.ForAll(RewriteExamples.Plans, plan =>
    {
        PlanRewrite[] rewrites = [new ScaleBatch(1.7) { MaxBatch = 130 }, new RaiseMomentum(0.95) { MaxBatch = 140 }, new GrowBatch { MaxBatch = 150 }];

        var rewritten = rewrites.Aggregate(plan, (before, rewrite) => RewriteExamples.Apply(rewrite, before));

        RewriteExamples.AssertSameNoise(plan, rewritten, NoiseForm.SmallBatch);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_RandomPlans_WithinTheRoom() => Prop.ForAll(RewriteExamples.Plans, plan =>
    {
        var rewritten = RewriteExamples.Apply(new GrowBatch { MaxBatch = 100, Multiple = 7 }, plan);
        var highest = 0.0;
        for (var position = 0; position < plan.Samples; position++)
        {
            var (planned, size) = (Math.Round(plan.BatchSize.At(position)), Math.Round(rewritten.BatchSize.At(position)));
            highest = Math.Max(highest, HighestRate(plan, position));
            Assert.True(size == planned || (size > planned && size % 7 == 0 && size <= 98));
            Assert.True(rewritten.LearningRate.At(position) <= highest * (1 + 1e-8));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_RandomPlans_TextReadsBack() => Prop.ForAll(RewriteExamples.Plans, plan =>
    {
        var settings = RewriteExamples.Apply(new GrowBatch { MaxBatch = 100 }, plan).Settings;

        Assert.Equal(settings.BatchSize, Schedule.Parse(settings.BatchSize.ToString()));
        var rate = Schedule.Parse(settings.LearningRate.ToString(), ScheduleGenerator.Functions);
        Assert.Equal(settings.LearningRate.ToString(), rate.ToString());
        Assert.Equal(new TrainingPlan(settings).LearningRate.ToString(), new TrainingPlan(settings with { LearningRate = rate }).LearningRate.ToString());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_TimesInBatches_StayWhereTheyWere()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            SamplesPerEpoch = 1000,
            Length = Duration.Batches(100),
            LearningRate = new MultiStep(1, 0.5, [Duration.Batches(40)]),
            WeightDecay = new MultiStep(0.1, 0.5, [Duration.Batches(60)]),
            Groups = [new GroupSettings("bias", WeightDecay: new MultiStep(0.2, 0.5, [Duration.Batches(80)]))],
        });

        var settings = new GrowBatch().Apply(plan).Settings;

        Assert.Equal(Duration.Samples(1000), settings.Length);
        Assert.Equal("table(0sp: 10, 400sp: 20)", settings.BatchSize.ToString());
        Assert.Equal(1, settings.LearningRate);
        Assert.Equal("multi-step(0.1, gamma 0.5, at 600sp)", settings.WeightDecay.ToString());
        Assert.Equal("multi-step(0.2, gamma 0.5, at 800sp)", settings.Groups[0].WeightDecay!.ToString());
    }

    [Fact]
    public void Apply_Groups_RatesTakeTheSameFactor()
    {
        var plan = new TrainingPlan(RewriteExamples.Plan("multi-step(1, gamma 0.5, at 500sp)").Settings with
        {
            Groups = [new GroupSettings("bias", LearningRate: Schedule.Parse("multi-step(4, gamma 0.5, at 500sp)")), new GroupSettings("norm", WeightDecay: 0)],
        });

        var groups = new GrowBatch().Apply(plan).Settings.Groups;

        Assert.Equal([new GroupSettings("bias", LearningRate: 4), new GroupSettings("norm", WeightDecay: 0)], groups);
    }

    [Fact]
    public void Apply_NothingToChange_SamePlan()
    {
        var plan = RewriteExamples.Plan("linear(0 -> 0.1)", momentum: "0.9");

        Assert.Same(plan, new GrowBatch().Apply(plan));
        Assert.Same(plan, new ScaleBatch(1).Apply(plan));
        Assert.Same(plan, new RaiseMomentum(0.9).Apply(plan));
    }

    [Theory]
    [InlineData(1000, 100, null, 1, "batches may grow to 100, a tenth of the 1000 training samples, but the first is 100 already; give a largest batch above 100, or leave the rewrite out.")]
    [InlineData(50, 100, null, 1, "batches may grow to 5, a tenth of the 50 training samples, but the first is 100 already; give a largest batch above 100, or leave the rewrite out.")]
    [InlineData(1000, 10, 8, 1, "batches may grow to 8, but the first is 10 already; give a largest batch above 10, or leave the rewrite out.")]
    [InlineData(1000, 10, 30, 16, null)]
    [InlineData(1000, 10, 15, 16, "batches may grow to 0, the multiple of 16 up to 15, but the first is 10 already; give a largest batch above 10, or leave the rewrite out.")]
    public void Apply_NoRoom_OneSentence(long samplesPerEpoch, int batchSize, int? largest, int multiple, string? sentence)
    {
        var plan = RewriteExamples.Plan("cosine(0.1 -> 0)", $"{batchSize}", samplesPerEpoch: samplesPerEpoch);
        PlanRewrite[] rewrites = [new GrowBatch { MaxBatch = largest, Multiple = multiple }, new ScaleBatch(2) { MaxBatch = largest, Multiple = multiple }];

        Assert.All(rewrites, rewrite => Assert.Equal(sentence, Record.Exception(() => rewrite.Apply(plan))?.Message));
    }

    [Fact]
    public void Apply_TrainingSetUnknown_NeedsALargestBatch()
    {
        var plan = new TrainingPlan(Examples.Small with { SamplesPerEpoch = null, Length = Duration.Samples(1000), LearningRate = new MultiStep(1, 0.5, [Duration.Samples(500)]) });

        Assert.Equal("table(0sp: 10, 500sp: 20)", new GrowBatch { MaxBatch = 100 }.Apply(plan).BatchSize.ToString());
        Assert.Equal(5, new ScaleBatch(0.5).Apply(plan).BatchSize);
        Assert.Equal(
            "SamplesPerEpoch is missing, but the largest batch depends on it; give it, or give a largest batch and keep the form for small batches.",
            Assert.Throws<InvalidInputException>(() => new GrowBatch().Apply(plan)).Message);
        Assert.Equal(
            "SamplesPerEpoch is missing, but the exact noise scale depends on it; give it, or give a largest batch and keep the form for small batches.",
            Assert.Throws<InvalidInputException>(() => new GrowBatch { MaxBatch = 100, Form = NoiseForm.Exact }.Apply(plan)).Message);
    }

    [Fact]
    public void Apply_ExactFormAndWholeTrainingSet_OneSentence() => Assert.Equal(
        "the batch is 100 at sample 500, and the training set has 100 samples: the exact noise scale is above 0 only for smaller batches; make them smaller, or keep the form for small batches.",
        Assert.Throws<InvalidInputException>(() => new GrowBatch { MaxBatch = 100, Form = NoiseForm.Exact }.Apply(
            RewriteExamples.Plan("table(0sp: 1, 500sp: 0)", "50", samplesPerEpoch: 100))).Message);

    [Fact]
    public void Apply_RateThatTurnsTooOften_OneSentence() => Assert.Equal(
        "the rewritten batch size would change 9999 times, more than the text of a schedule can hold; give a larger ratio, or write the plan's batch size and rate as steps.",
        Assert.Throws<InvalidInputException>(() => new GrowBatch { MaxBatch = 20 }.Apply(
            RewriteExamples.Plan("repeat(table(0sp: 1, 1sp: 0.5) then constant(0.5, 1sp))", length: "10000sp"))).Message);

    [Fact]
    public void Init_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaxBatch", () => new GrowBatch { MaxBatch = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Multiple", () => new GrowBatch { Multiple = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new GrowBatch { Form = (NoiseForm)2 });
    }

    // Also where it holds from between two samples on.
    private static double HighestRate(TrainingPlan plan, int sample)
    {
        var highest = plan.LearningRate.At(sample);
        var between = Math.Max(sample - 1.0, 0);
        for (var steps = 0; steps < 100 && plan.LearningRate.HoldsUntil(between) is var next && next > between && next < sample; steps++)
        {
            between = next;
            highest = Math.Max(highest, plan.LearningRate.At(between));
        }

        return highest;
    }
}
