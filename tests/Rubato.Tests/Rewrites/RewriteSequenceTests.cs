using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class RewriteSequenceTests
{
    private static Arbitrary<RewriteSequence> Sequences { get; } = Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(RandomSequence));

    private static RewriteSequence Papers { get; } = new(new ScaleBatch(5), new RaiseMomentum(0.98), new GrowBatch { MaxBatch = 5120 });

    [Fact]
    public void Parse_PrintedSequence_AnEqualOne() => Prop.ForAll(Sequences, sequence =>
    {
        var again = RewriteSequence.Parse(sequence.ToString());

        Assert.Equal(sequence, again);
        Assert.Equal(sequence.GetHashCode(), again.GetHashCode());
        Assert.Equal(sequence.ToString(), again.ToString());
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("grow-batch", "grow-batch")]
    [InlineData(" scale-batch( 5 ),grow-batch( first 1,max 5120 ) ", "scale-batch(5), grow-batch(max 5120, first 1)")]
    [InlineData("scale-batch(5), raise-momentum(0.98), grow-batch(max 5120)", "scale-batch(5), raise-momentum(0.98), grow-batch(max 5120)")]
    [InlineData("exponential", "exponential")]
    [InlineData("grow-batch ,texp--( corrections none )", "grow-batch, texp--(corrections none)")]
    public void Parse_Text_CanonicalText(string text, string canonical) => Assert.Equal(canonical, RewriteSequence.Parse(text).ToString());

    [Theory]
    [InlineData("scale-batch(5), grow-bach", 17, "there is no rewrite 'grow-bach'; write one of grow-batch(max 5120, first 1), scale-batch(5), raise-momentum(0.98), exponential, texp, texp--. Did you mean 'grow-batch'?")]
    [InlineData("scale-batch(5), grow-batch(max 0)", 32, "expected a whole number of at least 1 after 'max', but found '0'.")]
    [InlineData("scale-batch(5), raise-momentum(1)", 17, "momentum must be at least 0 and below 1.")]
    [InlineData("grow-batch(max 5, ratio 1), scale-batch(5)", 19, "grow-batch: ratio must be a finite number above 1.")]
    [InlineData("grow-batch, ", 13, "there is no rewrite ''; write one of grow-batch(max 5120, first 1), scale-batch(5), raise-momentum(0.98), exponential, texp, texp--.")]
    [InlineData(",grow-batch", 1, "there is no rewrite ''; write one of grow-batch(max 5120, first 1), scale-batch(5), raise-momentum(0.98), exponential, texp, texp--.")]
    [InlineData("scale-batch(5) grow-batch", 16, "expected the end after 'scale-batch', but found 'grow-batch'.")]
    [InlineData("exponental", 1, "there is no rewrite 'exponental'; write one of grow-batch(max 5120, first 1), scale-batch(5), raise-momentum(0.98), exponential, texp, texp--. Did you mean 'exponential'?")]
    [InlineData("exponential, grow-batch", 14, "nothing may follow 'exponential', which says how the rewritten plan is run; let it come last, and once.")]
    [InlineData("grow-batch, texp, exponential", 19, "nothing may follow 'texp', which says how the rewritten plan is run; let it come last, and once.")]
    [InlineData("texp--(corrections none), ", 27, "nothing may follow 'texp--(corrections none)', which says how the rewritten plan is run; let it come last, and once.")]
    [InlineData("grow-batch, texp(corrections no)", 30, "expected all or none after 'corrections', but found 'no'.")]
    [InlineData("grow-batch, exponential(corrections none)", 25, "exponential: there are no corrections to leave out, since an empty buffer fits; leave them out of texp or texp--.")]
    [InlineData("grow-batch), scale-batch(5)", 11, "expected the end after 'grow-batch', but found ')'.")]
    public void Parse_Wrong_OneSentenceWithTheColumn(string text, int column, string finding) =>
        Assert.Equal($"--rewrite '{text}', column {column}: {finding}", Assert.Throws<InvalidInputException>(() => RewriteSequence.Parse(text, "--rewrite")).Message);

    [Fact]
    public void Apply_Papers_InOrder()
    {
        var plan = Papers.Apply(RewriteExamples.Original);

        Assert.Equal(["table(0ep: 0.5, 60ep: 0.16, 120ep: 0.032, 160ep: 0.0064)", "table(0ep: 3200, 60ep: 5120)"], RewriteExamples.Texts(plan));
        Assert.Equal(2352, plan.CountUpdates());
    }

    [Fact]
    public void Apply_OtherOrder_AnotherPlan()
    {
        var plan = RewriteExamples.Plan("multi-step(0.1, gamma 0.25, at 500sp)", "10");
        PlanRewrite scale = new ScaleBatch(2) { MaxBatch = 100 };
        PlanRewrite grow = new GrowBatch { MaxBatch = 40 };

        Assert.Equal(["table(0sp: 0.2, 500sp: 0.1)", "table(0sp: 20, 500sp: 40)"], RewriteExamples.Texts(new RewriteSequence(scale, grow).Apply(plan)));
        Assert.Equal(["0.2", "table(0sp: 20, 500sp: 80)"], RewriteExamples.Texts(new RewriteSequence(grow, scale).Apply(plan)));
    }

    [Fact]
    public void Apply_None_ThePlan()
    {
        Assert.Same(RewriteExamples.Original, new RewriteSequence().Apply(RewriteExamples.Original));
        Assert.Same(RewriteExamples.Original, new RewriteSequence(default(ImmutableArray<PlanRewrite>)).Apply(RewriteExamples.Original));
    }

    [Fact]
    public void Apply_NoRoom_TheSentenceBeginsWithTheRewrite() => Assert.Equal(
        "grow-batch(max 300): batches may grow to 300, but the first is 640 already; give a largest batch above 640, or leave the rewrite out.",
        Assert.Throws<InvalidInputException>(
            () => new RewriteSequence(new ScaleBatch(5), new GrowBatch { MaxBatch = 300 }).Apply(RewriteExamples.Original)).Message);

    [Fact]
    public void Apply_Exponential_ThePlanWhoseFunctionIsTrained()
    {
        var plan = RewriteExamples.Decaying;
        var grown = new GrowBatch().Apply(plan);

        Assert.Same(plan, RewriteSequence.Parse("exponential").Apply(plan));
        Assert.Equal(grown, RewriteSequence.Parse("grow-batch, texp").Apply(plan));
        Assert.Equal(
            new ExponentialRewrite(ExponentialForm.StepsWithoutDrops).SourceOf(plan), RewriteSequence.Parse("texp--").Apply(plan));
    }

    [Fact]
    public void Apply_ExponentialWhoseConditionsFail_RefusedWithItsNameAmongSeveral()
    {
        var plan = new TrainingPlan(RewriteExamples.Decaying.Settings with { WeightDecay = 0.1 });
        const string Finding =
            "update 1, at sample 0: the learning rate 0.1 times the weight decay 0.1 is 0.01, but with momentum 0.9 a rate can grow steadily only up to (1 - sqrt(momentum))^2 = 0.0026334; lower one of them.";

        Assert.Equal(Finding, Assert.Throws<InvalidInputException>(() => RewriteSequence.Parse("texp").Apply(plan)).Message);
        Assert.Equal($"texp, {Finding}", Assert.Throws<InvalidInputException>(() => RewriteSequence.Parse("grow-batch, texp").Apply(plan)).Message);
    }

    [Fact]
    public void IsEmpty_NoRewriteAndNoForm()
    {
        Assert.True(RewriteSequence.Parse("").IsEmpty);
        Assert.False(RewriteSequence.Parse("exponential").IsEmpty);
        Assert.False(RewriteSequence.Parse("grow-batch").IsEmpty);
    }

    [Fact]
    public void Warnings_EachRaise_OfThePlanThatItMeets()
    {
        var plan = RewriteExamples.Original;
        var scaled = new ScaleBatch(5).Apply(plan);
        var first = new RaiseMomentum(0.95);
        var second = new RaiseMomentum(0.98);

        Assert.Equal(
            [first.Warning(scaled), second.Warning(first.Apply(scaled))],
            new RewriteSequence(new ScaleBatch(5), first, second).Warnings(plan));
        Assert.Empty(new RewriteSequence(new ScaleBatch(5), new GrowBatch { MaxBatch = 5120 }).Warnings(plan));
    }

    [Fact]
    public void Warnings_TrainingSetUnknown_OneSentence()
    {
        var plan = new TrainingPlan(RewriteExamples.Plan("0.1").Settings with { SamplesPerEpoch = null, Length = Duration.Samples(1000) });

        Assert.Equal(
            "SamplesPerEpoch is missing, but what a higher momentum costs is counted in epochs; give it.",
            Assert.Throws<InvalidInputException>(() => new RewriteSequence(new RaiseMomentum(0.9) { MaxBatch = 200 }).Warnings(plan)).Message);
    }

    [Fact]
    public void WithMultiple_OnlyWhereNoneIsSaid() => Assert.Equal(
        "scale-batch(5, multiple 32), grow-batch(multiple 1), raise-momentum(0.98, max 640, multiple 32), texp",
        RewriteSequence.Parse("scale-batch(5), grow-batch(multiple 1), raise-momentum(0.98, max 640), texp").WithMultiple(32).ToString());

    [Fact]
    public void WithMultiple_BelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Papers.WithMultiple(0));

    [Fact]
    public void Equals_SameRewritesInTheSameOrder()
    {
        Assert.Equal(Papers, new RewriteSequence(new ScaleBatch(5), new RaiseMomentum(0.98), new GrowBatch { MaxBatch = 5120 }));
        Assert.NotEqual(Papers, new RewriteSequence([.. Papers.Rewrites.Reverse()]));
        Assert.NotEqual(Papers, new RewriteSequence([.. Papers.Rewrites.Take(2)]));
        Assert.NotEqual(Papers, new RewriteSequence());
        Assert.NotEqual(Papers, Papers with { Exponential = new ExponentialRewrite() });
        Assert.Equal(Papers with { Exponential = new ExponentialRewrite() }, Papers with { Exponential = new ExponentialRewrite(ExponentialForm.AnySchedule) });
    }

    private static RewriteSequence RandomSequence(int seed) => new([.. Enumerable.Range(0, seed % 4).Select(index => RandomRewrite(seed, index))])
    {
        Exponential = (seed / 4 % 6) switch
        {
            0 => new ExponentialRewrite(),
            1 => new ExponentialRewrite(ExponentialForm.Steps),
            2 => new ExponentialRewrite(ExponentialForm.StepsWithoutDrops) { IsCorrected = false },
            _ => null,
        },
    };

    private static PlanRewrite RandomRewrite(int seed, int index)
    {
        var random = new CounterRandom(seed, 6, index);
        bool Coin() => random.NextInt(2) == 0;
        var share = random.NextInt(1000) / 1000.0;
        PlanRewrite rewrite = random.NextInt(3) switch
        {
            0 => new GrowBatch { First = Coin() ? 1 + random.NextInt(5) : null, Ratio = Coin() ? 2 : 1.001 + share },
            1 => new ScaleBatch(0.1 + (5 * share)) { Rule = Coin() ? RateRule.Linear : RateRule.SquareRoot },
            _ => new RaiseMomentum(share),
        };
        return rewrite with
        {
            MaxBatch = Coin() ? 1 + random.NextInt(100_000) : null,
            Multiple = Coin() ? 1 + random.NextInt(512) : null,
            Form = Coin() ? NoiseForm.SmallBatch : NoiseForm.Exact,
        };
    }
}
