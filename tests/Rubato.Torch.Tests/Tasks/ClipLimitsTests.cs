using Rubato.Torch.Tasks;

namespace Rubato.Torch.Tests.Tasks;

public sealed class ClipLimitsTests
{
    private static readonly TrainingPlan Plan = new(new PlanSettings { Length = Duration.Samples(100), LearningRate = 0.1, BatchSize = 10 });

    [Fact]
    public void Of_Neither_None() => Assert.Null(ClipLimits.Of(Plan, null, null));

    [Fact]
    public void Of_Schedules_ReadAlongThePlan()
    {
        var limits = ClipLimits.Of(Plan, Schedule.Parse("linear(3 -> 1)"), null)!;

        Assert.Null(limits.Value);
        Assert.Equal((3, 2), (limits.Norm!(0), limits.Norm(50)));
    }

    [Fact]
    public void AtStart_Schedules_TheirFirstValueThroughout()
    {
        var limits = ClipLimits.Of(Plan, Schedule.Parse("linear(3 -> 1)"), Schedule.Parse("linear(0.5 -> 0.1)"))!.AtStart();

        Assert.Equal((3, 0.5), (limits.Norm!(50), limits.Value!(90)));
    }

    [Fact]
    public void Of_NeitherCanBeUsed_BothFindings() => Assert.Equal(
        [
            "ClipNorm is 0; it must be a finite number above 0.",
            "ClipValue is 'linear(1 -> -1)'; it is 0 at sample 50, but must be a finite number above 0.",
        ],
        Assert.Throws<InvalidInputException>(() => ClipLimits.Of(Plan, 0, Schedule.Parse("linear(1 -> -1)"))).Message.Split('\n'));
}
