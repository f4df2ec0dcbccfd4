namespace Rubato.Tests;

public sealed class ParameterGroupsTests
{
    private static readonly PlanSettings Plan = new()
    {
        Length = Duration.Epochs(10),
        SamplesPerEpoch = 100,
        BatchSize = 10,
        LearningRate = Schedule.Parse("exp(0.1, gamma 0.9, every 1ep)"),
        Momentum = 0.9,
        WeightDecay = 1e-3,
    };

    [Fact]
    public void Over_APlan_ItsSchedulesForBase() => Assert.Equal(
        [
            new GroupSettings("a", LearningRate: 2 * Plan.LearningRate, Momentum: 0.9, WeightDecay: Schedule.Parse("0.001 + 0.001")),
            new GroupSettings("b", LearningRate: 0.5),
        ],
        ParameterGroups.Parse("a(lr 2 * base, momentum base, weight-decay base + base); b(lr 0.5)").Over(Plan));

    /// <summary>What stands after 'then' begins anew; a factor leaves the plan's schedule at its time.</summary>
    [Theory]
    [InlineData("body.*(lr base * (constant(0, 2ep) then 1))", 0.05)]
    [InlineData("body.*(lr constant(0, 2ep) then base)", 0.0625)]
    public void TrainingPlan_LayersThatWait_FrozenAndThenOnTheirWay(string groups, double inMiddle)
    {
        var linear = Plan with { LearningRate = Schedule.Parse("linear(0.1 -> 0)") };
        var plan = new TrainingPlan(linear with { Groups = ParameterGroups.Parse(groups).Over(linear) });

        Assert.Equal([0, 0], new[] { 0L, 190 }.Select(samples => plan.At(samples, "body.*").LearningRate));
        Assert.Equal(inMiddle, plan.At(500, "body.*").LearningRate, 1e-12);
        Assert.Equal(0.05, plan.At(500).LearningRate, 1e-12);
    }

    [Fact]
    public void Over_APlanThatDoesNotFit_AllAtOnce() => Assert.Equal(
        [
            "LearningRate 'repeat(base)', group 'a', over 'exp(0.1, gamma 0.9, every 1ep)': "
            + "'exp(0.1, gamma 0.9, every 1ep)' never ends, so it cannot be repeated; give it a length, such as 10ep.",
            "Momentum 'base then cosine(1 -> 0)', group 'b', over '0.9': "
            + "'0.9' and 'cosine(1 -> 0)' both take the rest of the budget; give one of them a length, such as 10ep.",
        ],
        Assert.Throws<InvalidInputException>(() => ParameterGroups.Parse("a(lr repeat(base)); b(momentum base then cosine(1 -> 0))").Over(Plan)).Findings.Select(finding => finding.ToString()));

    [Fact]
    public void TrainingPlan_BaseWithoutAPlan_IsRefused()
    {
        var exception = Assert.Throws<InvalidInputException>(() => new TrainingPlan(Plan with { Groups = ParameterGroups.Parse("a(lr 2 * base)").Groups }));
        Assert.Equal(
            "LearningRate '2 * base', group 'a': 'base' stands for the plan's own schedule, which is not put in its place; "
            + "call Over of the parameter groups, or write the schedule itself.",
            exception.Message);
    }

    [Fact]
    public void Groups_Default_None() => Assert.Equal(ParameterGroups.None, new ParameterGroups(default(System.Collections.Immutable.ImmutableArray<GroupSettings>)));
}
