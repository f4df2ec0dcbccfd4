namespace Rubato.Tests;

public sealed partial class TrainingPlanTests
{
    private static TrainingPlan Doubling { get; } = new(new PlanSettings
    {
        Length = Duration.Epochs(4),
        SamplesPerEpoch = 100,
        LearningRate = 0.1,
        BatchSize = Schedule.Parse("multi-step(10, gamma 2, at 2ep)"),
    });

    [Theory]
    [InlineData("3", 0, 3)]
    [InlineData("linear(4 -> 2)", 0, 4)]
    [InlineData("linear(4 -> 2)", 200, 3)]
    [InlineData("linear(4 -> 2, 2ep)", 100, 3)]
    [InlineData("linear(4 -> 2, 20ba)", 100, 3)]
    [InlineData("multi-step(4, gamma 0.5, at 25ba)", 280, 4)]
    [InlineData("multi-step(4, gamma 0.5, at 25ba)", 300, 2)]
    [InlineData("linear(4 -> 2, 0.25dur)", 50, 3)]
    public void Along_AnyUnit_ReadAtTheStartOfTheUpdate(string schedule, long samples, double value) =>
        Assert.Equal(value, Doubling.Along("X", Schedule.Parse(schedule))(samples), 1e-12);

    /// <summary>The twin is the plan's own rate, whose schedules are read in the same places.</summary>
    [Theory]
    [InlineData("cosine(1 -> 0.1)")]
    [InlineData("step(1, gamma 0.9, every 0.3ep)")]
    public void Along_EveryUpdate_AsTheRateOfAPlanWithThatRate(string schedule)
    {
        var along = Doubling.Along("X", Schedule.Parse(schedule));
        var twin = new TrainingPlan(Doubling.Settings with { LearningRate = Schedule.Parse(schedule) });

        Assert.All(twin.EnumerateUpdates(), update => Assert.Equal(update.HyperParameters.LearningRate, along(update.Start)));
    }

    [Theory]
    [InlineData("0", "X is 0; it must be a finite number above 0.")]
    [InlineData("-1", "X is -1; it must be a finite number above 0.")]
    [InlineData("linear(1 -> -1)", "X is 'linear(1 -> -1)'; it is 0 at sample 200, but must be a finite number above 0.")]
    public void Along_NotAboveZero_OneSentence(string schedule, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InvalidInputException>(() => Doubling.Along("X", Schedule.Parse(schedule))).Message);

    [Fact]
    public void Along_NegativePosition_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => Doubling.Along("X", 1)(-1));
}
