using Rubato.Schedules;
using Rubato.Tests.Plans;

namespace Rubato.Tests;

public sealed partial class TrainingPlanTests
{
    // 100 updates in 10 epochs; each run is two cycles of five epochs, whose last update begins one step of 4 / 25 above the base.
    [Theory]
    [InlineData("triangular(1..5, step 2.5ep)")]
    [InlineData("triangular(1..5, step 25ba)")]
    [InlineData("triangular(1..5, step 0.25dur)")]
    [InlineData("triangular(1..5, step 2.5ep, cycles 2)")]
    public void LearningRate_WholeCycles_EndAtTheBase(string rate)
    {
        var plan = new TrainingPlan(Examples.Small with { LearningRate = Schedule.Parse(rate) });

        var rates = plan.EnumerateUpdates().Select(update => update.HyperParameters.LearningRate).ToArray();

        Assert.Equal(100, rates.Length);
        Assert.Equal([1, 5, 1, 5, 1.16], [rates[0], rates[25], rates[50], rates[75], rates[99]], Near);
        Assert.Equal(1, plan.At(plan.Samples).LearningRate, 1e-12);
    }

    [Theory]
    [InlineData("triangular")]
    [InlineData("triangular2")]
    public void Momentum_SamePolicyFromHighToLow_AgainstTheRate(string policy)
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            LearningRate = Schedule.Parse($"{policy}(1..5, step 2.5ep)"),
            Momentum = Schedule.Parse($"{policy}(0.95..0.85, step 2.5ep)"),
        });

        Assert.All(
            plan.EnumerateUpdates(),
            update => Assert.Equal(0.95 - (0.1 * (update.HyperParameters.LearningRate - 1) / 4), update.HyperParameters.Momentum, 1e-12));
    }

    // The batch doubles after five epochs: step sizes in epochs stay where they are, and the second half has half as many updates.
    [Fact]
    public void LearningRate_StepSizeInEpochsWhileTheBatchGrows_CyclesInPlace()
    {
        var plan = new TrainingPlan(Examples.Small with
        {
            LearningRate = new Triangular2(1, 5, Duration.Epochs(2.5)),
            BatchSize = Schedule.Parse("constant(10, 5ep) then 20"),
        });

        Assert.Equal(75, plan.CountUpdates());
        Assert.Equal([1, 5, 1, 3, 1], [.. new long[] { 0, 250, 500, 750, 1000 }.Select(samples => plan.At(samples).LearningRate)], Near);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
