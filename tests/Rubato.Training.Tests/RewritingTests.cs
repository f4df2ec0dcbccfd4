using Rubato.Cli.Settings;
using Rubato.Rewrites;

namespace Rubato.Training.Tests;

public sealed class RewritesOfTests
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
    public void Of_MicroBatch_ChangedBatchesAreMultiplesOfOneThatTheFirstBatchHolds(string rewrite, int? micro, string expected) =>
        Assert.Equal(RewriteSequence.Parse(expected), RewritesOf.Of(new TrainSettings { Rewrite = rewrite, MicroBatch = micro }, Plan));

    [Fact]
    public void Of_TextThatCannotBeRead_OneSentenceWithTheFlag() => Assert.StartsWith(
        "--rewrite 'grow', column 1: ",
        Assert.Throws<InvalidInputException>(() => RewritesOf.Of(new TrainSettings { Rewrite = RewriteSequence.Parse("grow") }, Plan)).Message,
        StringComparison.Ordinal);

    // Of a rate of 0.001 they may be met, of its shares up to 1 they are not.
    [Fact]
    public void ApplyToShares_ExponentialForm_ItsConditionsWait()
    {
        var plan = new TrainingPlan(Plan.Settings with { LearningRate = 1, WeightDecay = 1 });
        var settings = new TrainSettings { Rewrite = RewriteSequence.Parse("scale-batch(2, max 1000), exponential") };

        Assert.Equal(new ScaleBatch(2) { MaxBatch = 1000 }.Apply(plan), RewritesOf.ApplyToShares(settings, plan));
        Assert.StartsWith(
            "--rewrite is 'scale-batch(2, max 1000), exponential': exponential: update 1, at sample 0: weight decay 1",
            Assert.Throws<InvalidInputException>(() => RewritesOf.Apply(settings, plan)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linear(0 -> 1)", "the plan has more than 1000 phases of one rate, momentum and weight decay up to update 1001; ")]
    [InlineData("multi-step(1, gamma 0.1, at 500sp)", "")]
    public void ApplyToShares_Steps_TheirShapeIsCheckedAtOnce(string rate, string finding)
    {
        var plan = new TrainingPlan(Plan.Settings with { LearningRate = Schedule.Parse(rate), WeightDecay = 1, BatchSize = 1, Length = Duration.Epochs(2) });
        var settings = new TrainSettings { Rewrite = RewriteSequence.Parse("texp") };
        if (finding.Length == 0)
        {
            Assert.Equal(plan, RewritesOf.ApplyToShares(settings, plan));
            return;
        }

        Assert.StartsWith(
            $"--rewrite is 'texp': {finding}", Assert.Throws<InvalidInputException>(() => RewritesOf.ApplyToShares(settings, plan)).Message, StringComparison.Ordinal);
    }
}
