namespace Rubato.Tests.Language;

public sealed class RangeTestedFormTests
{
    public static TheoryData<string, RangeTestedRate> Forms => new()
    {
        { "one-cycle", new RangeTestedRate(CyclePolicy.OneCycle) },
        { "clr", new RangeTestedRate() },
        { "clr(cycles 3)", new RangeTestedRate(cycles: 3) },
        { "clr(triangular, step 500ba)", new RangeTestedRate(CyclePolicy.Triangular, step: Duration.Batches(500)) },
        { "clr(exp-range, cycles 4, gamma 0.9999)", new RangeTestedRate(CyclePolicy.ExpRange, cycles: 4, gamma: 0.9999) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Parse_Text_TheRateAndBack(string text, RangeTestedRate rate)
    {
        Assert.Equal(rate, Rate.Parse(text));
        Assert.Equal(text, rate.ToString());
    }

    [Theory]
    [InlineData("clr()", "clr")]
    [InlineData("clr(triangular2)", "clr")]
    [InlineData(" clr ( triangular ,  step:  500ba )", "clr(triangular, step 500ba)")]
    public void Parse_OtherWriting_CanonicalText(string text, string canonical) => Assert.Equal(canonical, Rate.Parse(text).ToString());

    [Theory]
    [InlineData("clr * 2", 5, "expected the end after 'clr', but found '*'.")]
    [InlineData("2 * clr", 5, "'clr' is a controller and no schedule; it stands by itself or is joined by 'then', as in autowarmup(max-lr 10) then cosine(1 -> 0).")]
    [InlineData("0.1 then clr", 10, "clr takes the whole run; leave out what stands before it, '0.1'.")]
    [InlineData("clr(triangle)", 5, "clr has no option 'triangle'; its options are cycles, step, gamma. Did you mean 'triangular'?")]
    [InlineData("clr(triangular, cycle 3)", 17, "clr has no option 'cycle'; its options are cycles, step, gamma. Did you mean 'cycles'?")]
    [InlineData("clr(cycles 3, triangular)", 15, "the preset 'triangular' must come first, and alone; write clr(triangular, ...).")]
    [InlineData("clr(cycles 3, cycles 4)", 15, "the option 'cycles' stands there twice; leave one out.")]
    [InlineData("clr(cycles 0)", 12, "expected a whole number of at least 1 after 'cycles', but found '0'.")]
    [InlineData("clr(step 2)", 10, "'2' has no unit; write 2ep, 2ba, 2sp or 2dur.")]
    [InlineData("clr(step 0ep)", 1, "clr: step must be a duration above 0.")]
    [InlineData("clr(step rest)", 1, "clr: step must be a duration above 0.")]
    [InlineData("clr(cycles 3, step 2ep)", 1, "clr: cycles and step say the same; leave one of them out.")]
    [InlineData("clr(gamma 0.9)", 1, "clr: gamma belongs to exp-range; leave it out, or choose that policy.")]
    [InlineData("clr(exp-range, gamma 1.5)", 1, "clr: gamma must be above 0 and at most 1.")]
    public void Parse_Wrong_OneSentence(string text, int column, string finding) => Assert.Equal(
        $"--lr '{text}', column {column}: {finding}",
        Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "--lr")).Message);
}
