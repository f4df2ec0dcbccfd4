using Rubato.Rewrites;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Tests.Tasks;

public sealed class RewritingTests
{
    private static readonly TrainingPlan Plan = new(new PlanSettings
    {
        Length = Duration.Epochs(1),
        SamplesPerEpoch = 1000,
        LearningRate = 0.1,
        BatchSize = Schedule.Parse("multi-step(10, gamma 2, at 500sp)"),
    });

    [Theory]
    [InlineData("", null, "")]
    [InlineData("grow-batch", null, "grow-batch")]
    [InlineData("", 5, "")]
    [InlineData("scale-batch(2), grow-batch", 5, "scale-batch(2, multiple 5), grow-batch(multiple 5)")]
    [InlineData("grow-batch", 10, "grow-batch(multiple 10)")]
    [InlineData("grow-batch", 11, "grow-batch")]
    [InlineData("grow-batch(multiple 3), scale-batch(2)", 5, "grow-batch(multiple 3), scale-batch(2, multiple 5)")]
    public void For_MicroBatch_ChangedBatchesAreMultiplesOfOneThatTheFirstBatchHolds(string rewrite, int? micro, string expected) =>
        Assert.Equal(RewriteSequence.Parse(expected), Rewriting.For(Plan, RewriteSequence.Parse(rewrite), micro));

    [Fact]
    public void Apply_MicroBatch_TheRewritesWithItsMultiple()
    {
        var rewrite = RewriteSequence.Parse("scale-batch(2, max 1000)");
        Assert.Equal(rewrite.WithMultiple(5).Apply(Plan), Rewriting.Apply(rewrite, Plan, 5));
    }

    [Fact]
    public void Apply_ConditionNotMet_TheFindingWithTheRewrites() => Assert.StartsWith(
        "Rewrite 'exponential', update 1, at sample 0: weight decay 1",
        Assert.Throws<InvalidInputException>(
            () => Rewriting.Apply(RewriteSequence.Parse("exponential"), new TrainingPlan(Plan.Settings with { LearningRate = 1, WeightDecay = 1 }), microBatch: null)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(null, 10, null)]
    [InlineData(5, 10, 5L)]
    [InlineData(10, 10, 10L)]
    [InlineData(11, 10, null)]
    public void MultipleFor_MicroBatch_OneThatTheFirstBatchHolds(int? micro, long first, long? expected) =>
        Assert.Equal(expected, Rewriting.MultipleFor(micro, first));
}
