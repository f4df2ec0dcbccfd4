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

    [Fact]
    public void Over_APlanThatDoesNotFit_AllAtOnce() => Assert.Equal(
        [
            "the learning rate of group 'a', 'repeat(base)' over 'exp(0.1, gamma 0.9, every 1ep)': "
            + "'exp(0.1, gamma 0.9, every 1ep)' never ends, so it cannot be repeated; give it a length, such as 10ep.",
            "the momentum of group 'b', 'base then cosine(1 -> 0)' over '0.9': "
            + "'0.9' and 'cosine(1 -> 0)' both take the rest of the budget; give one of them a length, such as 10ep.",
        ],
        Assert.Throws<InvalidInputException>(() => ParameterGroups.Parse("a(lr repeat(base)); b(momentum base then cosine(1 -> 0))").Over(Plan)).Findings);

    [Fact]
    public void TrainingPlan_BaseWithoutAPlan_IsRefused()
    {
        var exception = Assert.Throws<InvalidInputException>(() => new TrainingPlan(Plan with { Groups = ParameterGroups.Parse("a(lr 2 * base)").Groups }));
        Assert.Equal(
            "the learning rate of group 'a', '2 * base': 'base' stands for the plan's own schedule, which is not put in its place; "
            + "call Over of the parameter groups, or write the schedule itself.",
            exception.Message);
    }

    [Fact]
    public void Groups_Default_None() => Assert.Equal(ParameterGroups.None, new ParameterGroups(default(System.Collections.Immutable.ImmutableArray<GroupSettings>)));
}
