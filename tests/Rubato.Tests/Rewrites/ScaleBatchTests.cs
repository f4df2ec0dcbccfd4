using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ScaleBatchTests
{
    [Theory]
    [InlineData(5, 1, RateRule.Linear, 50, 5)]
    [InlineData(4, 1, RateRule.SquareRoot, 40, 2)]
    [InlineData(2.59, 1, RateRule.Linear, 25, 2.5)]
    [InlineData(2.59, 8, RateRule.Linear, 24, 2.4)]
    [InlineData(25, 1, RateRule.Linear, 100, 10)]
    [InlineData(1.5, 16, RateRule.Linear, 10, 1)]
    [InlineData(0.5, 1, RateRule.Linear, 5, 0.5)]
    [InlineData(0.01, 1, RateRule.Linear, 1, 0.1)]
    [InlineData(0.01, 4, RateRule.Linear, 4, 0.4)]
    [InlineData(0.5, 16, RateRule.Linear, 10, 1)]
    public void Apply_Factor_BatchAndRate(double factor, long multiple, RateRule rule, double batchSize, double rate)
    {
        var settings = new ScaleBatch(factor) { Multiple = multiple, Rule = rule }.Apply(RewriteExamples.Plan("1")).Settings;

        Assert.Equal(batchSize, settings.BatchSize);
        Assert.Equal(rate, settings.LearningRate);
    }

    [Theory]
    [InlineData("multi-step(0.1, gamma 0.2, at 300sp 600sp)", "table(0sp: 0.5, 300sp: 0.1, 600sp: 0.02)")]
    [InlineData("cosine(0.1 -> 0)", "5 * cosine(0.1 -> 0)")]
    public void Apply_Schedules_StayReadable(string rate, string expected) =>
        Assert.Equal([expected, "50"], RewriteExamples.Texts(new ScaleBatch(5).Apply(RewriteExamples.Plan(rate))));

    // N / B - 1 falls from 99 to 19 and the rate grows by the quotient.
    [Fact]
    public void Apply_ExactForm_RateByTheQuotient()
    {
        var plan = new ScaleBatch(5) { Form = NoiseForm.Exact }.Apply(RewriteExamples.Plan("19"));

        Assert.Equal([99, 50], [plan.At(0).LearningRate, plan.At(0).BatchSize]);
    }

    [Fact]
    public void Apply_MovingBatch_FollowedToEachWholeNumber()
    {
        var plan = RewriteExamples.Plan("0.1", "linear(10 -> 20, 1000sp)");
        var rewritten = new ScaleBatch(2.5).Apply(plan);

        for (var position = 0; position < 1000; position++)
        {
            Assert.Equal(Math.Floor(Math.Round(plan.BatchSize.At(position)) * 2.5), rewritten.BatchSize.At(position));
        }

        RewriteExamples.AssertSameNoise(plan, rewritten, NoiseForm.SmallBatch);
    }

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new ScaleBatch(0));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new ScaleBatch(2) { Rule = (RateRule)2 });
    }
}
