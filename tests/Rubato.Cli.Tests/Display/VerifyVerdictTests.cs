using Rubato.Cli.Display;
using Rubato.Torch;

namespace Rubato.Cli.Tests.Display;

public sealed class VerifyVerdictTests
{
    private static readonly VerificationOutcome Chaotic = ScriptedVerify.Outcome((1e-14, 1e-13), (2e-14, 1e-10), (0.5, 0.25));

    [Fact]
    public void Of_AllUpdates_Holds() =>
        Assert.Equal("exponential holds over all 60 updates: no output differs by more than 3.2e-14, and 1e-8 is allowed", VerifyVerdict.Of(ScriptedVerify.Holding));

    [Theory]
    [InlineData(true, "a lower rate reaches further")]
    [InlineData(false, "a lower rate or float64 reaches further")]
    public void Of_RunThatRoundingDrivesApart_HoldsAsFarAsItCanBeJudged(bool isDouble, string remedy) => Assert.Equal(
        "exponential holds over the first 20 updates: no output differs by more than 2e-14, and 1e-8 is allowed; after that rounding alone drives two runs apart by more than 1e-9, "
        + $"a tenth of that, so that a difference says nothing; {remedy}",
        VerifyVerdict.Of(Chaotic with { Description = Chaotic.Description with { IsDouble = isDouble } }));

    [Fact]
    public void Of_LossThatIsNotFinite_HoldsUntilThere() => Assert.Equal(
        "exponential holds over the first 10 updates: no output differs by more than 1e-14, and 1e-8 is allowed; after that the loss of the plan itself was not finite; "
        + "a lower rate reaches further",
        VerifyVerdict.Of(ScriptedVerify.Outcome((1e-14, 1e-13)) with { End = VerificationEnd.NonFinite }));

    [Fact]
    public void Of_OneUpdate_SaysSo()
    {
        var outcome = ScriptedVerify.Outcome((0, 0));
        outcome = outcome with { Points = [outcome.Points[0] with { Update = 1 }] };

        Assert.Equal("exponential holds over the only update: no output differs by more than 0, and 1e-8 is allowed", VerifyVerdict.Of(outcome));
    }

    [Fact]
    public void Of_WithoutDrops_SaysWhatItIsComparedWith()
    {
        var run = ScriptedVerify.Description;
        var outcome = ScriptedVerify.Holding with { Description = run with { Exponential = run.Exponential with { Form = "texp--" } } };

        Assert.Equal(
            "texp-- holds over all 60 updates, compared with the plan with a constant rate and a weight decay that is reduced in each phase instead: "
            + "no output differs by more than 3.2e-14, and 1e-8 is allowed",
            VerifyVerdict.Of(outcome));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, ", but a single activation on the other side of 0 can make a jump: --precision float64 decides")]
    public void Of_DifferenceBeyondTheTolerance_WhereAndHowLarge(bool isDouble, string rest)
    {
        var outcome = ScriptedVerify.Outcome((1e-14, 1e-13), (0.034, 1e-12));

        Assert.Equal(
            $"exponential does not hold: after update 20 an output differs by 0.034, and 1e-8 is allowed; rounding alone makes 1e-12{rest}",
            VerifyVerdict.Of(outcome with { Description = outcome.Description with { IsDouble = isDouble } }));
    }

    [Theory]
    [InlineData(true, "lower --lr, compare earlier with --every 1, or allow more with --tolerance")]
    [InlineData(false, "lower --lr, take --precision float64, compare earlier with --every 1, or allow more with --tolerance")]
    public void Of_NothingThatCanBeJudged_WhyAndWhatToDo(bool isDouble, string remedy)
    {
        var outcome = ScriptedVerify.Outcome((1e-14, 2e-9));

        Assert.Equal(
            $"nothing can be said of exponential: after 10 updates rounding alone drives two runs apart by 2e-9, more than 1e-9, a tenth of what is allowed; {remedy}",
            VerifyVerdict.Of(outcome with { Description = outcome.Description with { IsDouble = isDouble } }));
    }

    [Fact]
    public void Of_NoPoint_TheLossOfThePlanItself() => Assert.Equal(
        "nothing can be said of exponential: the loss of the plan itself was not finite before anything was compared; lower --lr, or compare earlier with --every 1",
        VerifyVerdict.Of(ScriptedVerify.Outcome() with { End = VerificationEnd.NonFinite }));

    [Fact]
    public void Of_OutputsThatAreNotFinite_SaysSo() => Assert.Equal(
        "nothing can be said of exponential: after 10 updates outputs were not finite where only rounding differs; lower --lr, or compare earlier with --every 1",
        VerifyVerdict.Of(ScriptedVerify.Outcome((double.NaN, double.NaN))));
}
