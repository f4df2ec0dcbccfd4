using Rubato.RangeTests;

namespace Rubato.Tests;

public sealed class RangeTestedRateTests
{
    private static readonly RateRange Range = new(0.01, 0.1);

    [Theory]
    [InlineData("one-cycle", 10, "one-cycle(0.1)")]
    [InlineData("clr", 1, "triangular2(0.01..0.1, step 0.5ep, cycles 1)")]
    [InlineData("clr", 5, "triangular2(0.01..0.1, step 2.5ep, cycles 1)")]
    [InlineData("clr(triangular)", 8, "triangular(0.01..0.1, step 2ep, cycles 2)")]
    [InlineData("clr(triangular2)", 20, "triangular2(0.01..0.1, step 2.5ep, cycles 4)")]
    [InlineData("clr", 80, "triangular2(0.01..0.1, step 10ep, cycles 4)")]
    [InlineData("clr", 100, "triangular2(0.01..0.1, step 10ep, cycles 5)")]
    [InlineData("clr(triangular, cycles 3)", 12, "triangular(0.01..0.1, step 2ep, cycles 3)")]
    [InlineData("clr(cycles 3)", 12, "triangular2(0.01..0.1, step 2ep, cycles 3)")]
    [InlineData("clr(triangular2, step 2ep)", 12, "triangular2(0.01..0.1, step 2ep)")]
    [InlineData("clr( triangular ,  step  500ba )", 12, "triangular(0.01..0.1, step 500ba)")]
    [InlineData("clr(exp-range)", 8, "exp-range(0.01..0.1, step 2ep, gamma 0.1, every 8ep, cycles 2)")]
    [InlineData("clr(exp-range, cycles 4, gamma 0.9999)", 16, "exp-range(0.01..0.1, step 2ep, gamma 0.9999, cycles 4)")]
    [InlineData("clr(exp-range, gamma 0.5, step 1ep)", 16, "exp-range(0.01..0.1, step 1ep, gamma 0.5)")]
    public void Between_RunInEpochs_CyclesThatEndWithIt(string text, double epochs, string expected)
    {
        var schedule = Parsed(text).Between(Range, Duration.Epochs(epochs), epochs);
        Assert.Equal(expected, schedule.ToString());
        Assert.Equal(Schedule.Parse(expected), schedule);
    }

    [Theory]
    [InlineData("clr", 5000, 8.0, "triangular2(0.01..0.1, step 0.25dur, cycles 2)")]
    [InlineData("clr(exp-range)", 9, null, "exp-range(0.01..0.1, step 0.5dur, gamma 0.1, every 1dur, cycles 1)")]
    public void Between_RunInBatches_SharesOfIt(string text, int batches, double? epochs, string expected) =>
        Assert.Equal(Schedule.Parse(expected), Parsed(text).Between(Range, Duration.Batches(batches), epochs));

    [Fact]
    public void PlanRate_BeforeBoundsAreFound_SharesOfThem() =>
        Assert.Equal(Schedule.Parse("triangular(0.25..1, step 2ep, cycles 2)"), Parsed("clr(triangular)").PlanRate(Duration.Epochs(8), 8));

    [Theory]
    [InlineData("one-cycle", false)]
    [InlineData("clr", true)]
    [InlineData("clr(exp-range, gamma 0.5)", true)]
    [InlineData("clr(cycles 2)", false)]
    [InlineData("clr(step 2ep)", false)]
    public void NeedsEpochs_AnyText_UnlessCyclesOrStepAreSaid(string text, bool expected) => Assert.Equal(expected, Parsed(text).NeedsEpochs);

    [Fact]
    public void Constructor_ValueOutOfItsRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>("cycles", () => new RangeTestedRate(cycles: 0));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => new RangeTestedRate(step: Duration.Epochs(0)));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => new RangeTestedRate(step: Duration.Rest));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new RangeTestedRate(CyclePolicy.ExpRange, gamma: 0));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new RangeTestedRate(CyclePolicy.ExpRange, gamma: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new RangeTestedRate(CyclePolicy.ExpRange, gamma: double.NaN));
    }

    [Fact]
    public void Constructor_ValuesThatDoNotGoTogether_Throws()
    {
        Assert.Throws<ArgumentException>("step", () => new RangeTestedRate(cycles: 2, step: Duration.Epochs(1)));
        Assert.Throws<ArgumentException>("gamma", () => new RangeTestedRate(CyclePolicy.Triangular, gamma: 0.5));
        Assert.Throws<ArgumentException>("policy", () => new RangeTestedRate(CyclePolicy.OneCycle, cycles: 1));
        Assert.Throws<ArgumentException>("policy", () => new RangeTestedRate(CyclePolicy.OneCycle, step: Duration.Epochs(1)));
        Assert.Throws<ArgumentException>("policy", () => new RangeTestedRate(CyclePolicy.OneCycle, gamma: 0.5));
    }

    private static RangeTestedRate Parsed(string text) => Assert.IsType<RangeTestedRate>(Rate.Parse(text));
}
