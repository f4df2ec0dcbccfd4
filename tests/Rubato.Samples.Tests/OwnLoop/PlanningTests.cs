using Samples.OwnLoop;

namespace Rubato.Samples.Tests.OwnLoop;

public sealed class PlanningTests
{
    // 300 updates of 100 in five epochs, 150 of 200 in the next five.
    [Fact]
    public void Preview_Plan_IsCountedAndListed()
    {
        using var output = new StringWriter();

        Planning.Preview(Planning.WarmupThenCosine(), output);

        Assert.Equal(
            """
            450 updates
               1      0  100 0.0100
             101  10000  100 0.0987
             201  20000  100 0.0843
             301  30000  200 0.0587
             401  50000  200 0.0082

            """,
            output.ToString());
    }

    [Fact]
    public void WithGroup_AnyPlan_TheGroupHasItsOwnDecay()
    {
        var driver = new Driver(Planning.WithGroup(Planning.WarmupThenCosine()));
        var (plans, groups) = (driver.Next, driver.NextOf("bias"));

        Assert.Equal((0.01, 5e-4), (plans.LearningRate, plans.WeightDecay));
        Assert.Equal((0.01, 0), (groups.LearningRate, groups.WeightDecay));
    }

    [Theory]
    [InlineData(0.5, 0.05)]
    [InlineData(1, 0.1)]
    [InlineData(10, 0.003125)]
    public void WithFunction_Values_AreTheFunctions(double epoch, double expected) => Assert.Equal(expected, Planning.WithFunction().At(epoch), 1e-12);

    [Fact]
    public void WithFunction_Text_NamesTheFunction()
    {
        var schedule = Planning.WithFunction();

        Assert.Contains("function(half-lives, 9ep)", schedule.ToString(), StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => Schedule.Parse(schedule.ToString()));
    }
}
