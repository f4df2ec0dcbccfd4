using Rubato.Cli.Settings;
using Rubato.Torch.Tests.RangeTests;

namespace Rubato.Torch.Tests.Tasks;

public sealed class SweepTests
{
    [Fact]
    public void PlanFor_SchedulesOfTheRun_TheirFirstValues()
    {
        var plan = PlanFor(Sweeps.Small with
        {
            Training = Sweeps.Small.Training with
            {
                LearningRate = Rate.Parse("cosine(5 -> 0)"),
                Batch = Batch.Parse("multi-step(20, gamma 2, at 1ep)"),
                Momentum = Schedule.Parse("linear(0.5 -> 0.9)"),
                WeightDecay = Schedule.Parse("linear(0.1 -> 0)"),
                Groups = ParameterGroups.Parse("*.bias(lr 2 * base, weight-decay 0, momentum 0.5 * base)"),
                Tail = EpochTail.Cut,
            },
        });
        Assert.Equal((400, 20), (plan.Samples, plan.CountUpdates()));
        Assert.Equal(new HyperParameters(0.001, 20, 0.5, 0.1), plan.At(0));
        Assert.Equal(new HyperParameters(1, 20, 0.5, 0.1), plan.At(380));
        Assert.Equal(new HyperParameters(0.002, 20, 0.25, 0), plan.At(0, "*.bias"));
        Assert.Equal(new HyperParameters(2, 20, 0.25, 0), plan.At(380, "*.bias"));
    }

    [Theory]
    [InlineData(null, 0.9)]
    [InlineData("one-cycle-momentum(0.7..0.95)", 0.95)]
    public void PlanFor_OneCycle_TheMiddleOfAMomentumThatNobodyAskedFor(string? momentum, double expected) => Assert.Equal(
        expected,
        PlanFor(Sweeps.Small with
        {
            Training = Sweeps.Small.Training with { LearningRate = Rate.Parse("one-cycle"), Momentum = momentum is null ? null : Schedule.Parse(momentum) },
        }).At(0).Momentum,
        1e-12);

    private static TrainingPlan PlanFor(FindSettings settings) => Sweeps.Of(settings).PlanFor(Trained.Task(settings.Training));
}
