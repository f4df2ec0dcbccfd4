using Rubato.Language;
using Rubato.Schedules;

namespace Rubato.Tests.Language;

public sealed class PolyakFormTests
{
    public static TheoryData<string, Rate, string> Readable => new()
    {
        { "polyak", Rate.Polyak(), "polyak" },
        { " polyak (1) ", Rate.Polyak(), "polyak" },
        { "polyak(0.5)", Rate.Polyak(0.5), "polyak(0.5)" },
        { "polyak*cosine(1->0)", Rate.Polyak(1, new Cosine(1, 0)), "polyak * cosine(1 -> 0)" },
        { "polyak( 2 ) * cosine(1 -> 0)", Rate.Polyak(2, new Cosine(1, 0)), "polyak(2) * cosine(1 -> 0)" },
        { "polyak * 1", Rate.Polyak(1, 1), "polyak * 1" },
        {
            "polyak(1e-3) * linear(0 -> 1, 0.1dur) then cosine(1 -> 0)",
            Rate.Polyak(0.001, new Linear(0, 1, Duration.Share(0.1)).Then(new Cosine(1, 0))),
            "polyak(0.001) * linear(0 -> 1, 0.1dur) then cosine(1 -> 0)"
        },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Parse_Text_TheRateAndTheCanonicalText(string text, Rate rate, string canonical)
    {
        Assert.Equal(rate, Rate.Parse(text));
        Assert.Equal(canonical, rate.ToString());
    }

    [Theory]
    [InlineData("polyak(0)", "column 1: the multiple must be a finite number above 0.")]
    [InlineData("polyak(-2) * cosine(1 -> 0)", "column 1: the multiple must be a finite number above 0.")]
    [InlineData("polyak()", "column 8: expected the multiple in parentheses, as in polyak(2), but found ')'.")]
    [InlineData("polyak(x)", "column 8: expected the multiple in parentheses, as in polyak(2), but found 'x'.")]
    [InlineData("polyak(2, 3)", "column 9: expected ')', but found ','.")]
    [InlineData("polyak cosine(1 -> 0)", "column 8: expected '*' and a schedule in shares of the rate after 'polyak', as in polyak * cosine(1 -> 0), but found 'cosine'.")]
    [InlineData("polyak then 0.1", "column 8: expected '*' and a schedule in shares of the rate after 'polyak', as in polyak * cosine(1 -> 0), but found 'then'.")]
    [InlineData("polyak *", "column 9: expected a schedule, such as 0.1 or cosine(0.1 -> 0), but the text ends.")]
    [InlineData("0.1 then polyak", "column 10: polyak takes the whole run; leave out what stands before it, '0.1'.")]
    [InlineData("2 * polyak", "column 5: 'polyak' is a controller and no schedule; it stands by itself or before '*', as in polyak * cosine(1 -> 0).")]
    [InlineData("polyack(2)", "column 1: there is no controller 'polyack'; write one of autowarmup, plateau, as in autowarmup(max-lr 10) then cosine(1 -> 0). Did you mean 'polyak'?")]
    public void Parse_Wrong_OneSentenceWithThePlace(string text, string sentence) =>
        Assert.Equal($"--lr '{text}', {sentence}", Assert.Single(Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "--lr")).Message.Split('\n')));

    [Fact]
    public void Parse_SeveralThingsWrong_AllFindings() =>
        Assert.Equal(2, Assert.Throws<InvalidInputException>(() => Rate.Parse("0.1 then polyak(0)", "--lr")).Findings.Count);

    [Theory]
    [InlineData("polyak")]
    [InlineData("polyak(2) * cosine(1 -> 0)")]
    public void ParseController_FromLossesAlone_IsRefused(string text) => Assert.Equal(
        $"--controller '{text}', column 1: polyak goes by gradients, too, which losses do not tell; write one of autowarmup, plateau.",
        Assert.Throws<InvalidInputException>(() => RateForms.ParseController(text, "--controller")).Message);
}
