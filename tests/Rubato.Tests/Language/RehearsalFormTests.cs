using Rubato.Schedules;

namespace Rubato.Tests.Language;

public sealed class RehearsalFormTests
{
    public static TheoryData<string, Rate, string> Readable => new()
    {
        { "auto", Rate.Rehearsed(), "auto" },
        { "auto(free 0)", Rate.Rehearsed(freeSamples: 0), "auto(free 0)" },
        { " auto ( free 20000 ) * cosine(1->0)", Rate.Rehearsed(new Cosine(1, 0), 20_000), "auto(free 20000) * cosine(1 -> 0)" },
        { "auto * cosine(1 -> 0)", Rate.Rehearsed(new Cosine(1, 0)), "auto * cosine(1 -> 0)" },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Parse_Text_TheRateAndTheCanonicalText(string text, Rate rate, string canonical)
    {
        Assert.Equal(rate, Rate.Parse(text));
        Assert.Equal(canonical, rate.ToString());
    }

    [Theory]
    [InlineData("auto(free -1)", "column 6: auto: free is -1, but must be at least 0.")]
    [InlineData("auto(free)", "column 10: expected a whole number of at least 0 after 'free', but found ')'.")]
    [InlineData("auto(fre 1)", "column 6: auto has no option 'fre'; its options are free. Did you mean 'free'?")]
    [InlineData("auto(free 1, free 2)", "column 14: the option 'free' stands there twice; leave one out.")]
    [InlineData("auto(free 1) cosine(1 -> 0)", "column 14: expected '*' and a schedule in shares of the rate found after 'auto', as in auto * cosine(1 -> 0), but found 'cosine'.")]
    public void Parse_Wrong_OneSentenceWithThePlace(string text, string sentence) =>
        Assert.Equal($"--lr '{text}', {sentence}", Assert.Single(Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "--lr")).Message.Split('\n')));
}
