using Rubato.Control.Controllers;
using Rubato.Control.Text;
using Rubato.Time;

namespace Rubato.Tests.Control.Text;

public sealed class PlateauTextTests
{
    [Fact]
    public void Parse_Alone_TheRateFromTheStart()
    {
        var rate = PlateauText.Parse("plateau(0.1)", "--lr");
        Assert.Equal("0.1", rate.LearningRate.ToString());
        Assert.Equal(ReduceOnPlateauSettings.Default, rate.Settings);
    }

    [Fact]
    public void Parse_Keywords_InAnyOrder()
    {
        var settings = new ReduceOnPlateauSettings
        {
            Factor = 0.5,
            Patience = 0,
            Threshold = 0.01,
            ThresholdMode = ThresholdMode.Absolute,
            Cooldown = 2,
            MinLr = 1e-4,
            Eps = 0,
            Every = Duration.Batches(100),
        };
        Assert.Equal(settings, PlateauText.Parse(
            " plateau ( 0.1, every 100ba, eps 0, min-lr 1e-4,cooldown 2,threshold-mode abs, threshold 0.01, patience 0, factor 0.5 ) ", "--lr").Settings);
    }

    [Theory]
    [InlineData("linear(0 -> 0.1, 2ep) then plateau(0.1)", "linear(0 -> 0.1, 2ep) then 0.1", "2ep")]
    [InlineData("linear(0 -> 0.1, 100ba) then constant(0.2, 50ba) then plateau(0.1, factor 0.5)", "linear(0 -> 0.1, 100ba) then constant(0.2, 50ba) then 0.1", "150ba")]
    [InlineData("0.5 * (linear(0 -> 0.1, 0.1dur) then 0) * 1 + constant(1, 0.1dur) then plateau(1)", null, null)]
    [InlineData("clamp(linear(0 -> 0.1, 0.1dur), 0..1) then plateau(1)", "clamp(linear(0 -> 0.1, 0.1dur), 0..1) then 1", "0.1dur")]
    public void Parse_ScheduleBeforeIt_WatchesFromItsEnd(string text, string? schedule, string? after)
    {
        var rate = PlateauText.Parse(text, "--lr");
        Assert.Equal(schedule ?? "0.5 * (linear(0 -> 0.1, 0.1dur) then 0) * 1 + constant(1, 0.1dur) then 1", rate.LearningRate.ToString());
        Assert.Equal(after ?? "0.1dur", rate.Settings.After.ToString());
    }

    [Theory]
    [InlineData("plateau", "column 8: expected '(' after 'plateau', as in plateau(0.1, factor 0.5, patience 3), but the text ends.")]
    [InlineData("plateau()", "column 9: expected a number, as in plateau(0.1, factor 0.5, patience 3), but found ')'.")]
    [InlineData("plateau(0.1, factr 0.5)", "column 14: plateau has no keyword 'factr'; its keywords are factor, patience, threshold, threshold-mode, cooldown, min-lr, eps, every, as in plateau(0.1, factor 0.5, patience 3). Did you mean 'factor'?")]
    [InlineData("plateau(0.1, factor 2)", "column 1: plateau: factor must be at least 0 and below 1.")]
    [InlineData("plateau(0.1, patience 1.5)", "column 1: plateau: patience is 1.5; it must be a whole number of at least 0.")]
    [InlineData("plateau(0.1, every 0ep)", "column 1: plateau: every is '0ep'; it must be above 0, such as 1ep.")]
    [InlineData("plateau(0.1, threshold-mode relative)", "column 29: expected rel or abs after 'threshold-mode', but found 'relative'.")]
    [InlineData("plateau(0.1) then 0.01", "column 14: plateau lasts to the end of the run, but found 'then' after it; leave that out.")]
    [InlineData("linear(0 -> 1, 2ep) * plateau(0.1)", "column 23: plateau stands alone, or after a schedule and 'then', as in linear(0 -> 0.1, 2ep) then plateau(0.1).")]
    [InlineData("(linear(0 -> 1, 2ep) then plateau(0.1))", "column 27: plateau stands alone, or after")]
    [InlineData("then plateau(0.1)", "column 1: there is no schedule 'then'")]
    [InlineData("lineer(0 -> 1, 2ep) then plateau(0.1)", "column 1: there is no schedule 'lineer'. Did you mean 'linear'?")]
    [InlineData("linear(0 -> 1) then plateau(0.1)", "column 1: what stands before plateau has no length of its own; give it one, as in linear(0 -> 0.1, 2ep) then plateau(0.1).")]
    [InlineData("0.1 then plateau(0.1)", "column 1: what stands before plateau has no length of its own;")]
    [InlineData("linear(0 -> 1, 2ep) then constant(1, 3ba) then plateau(0.1)", "column 1: what stands before plateau has durations of several units; write them in one,")]
    [InlineData("0.1", "column 1: expected 'plateau', as in linear(0 -> 0.1, 2ep) then plateau(0.1).")]
    public void Parse_Wrong_OneSentenceWithThePlace(string text, string sentence) =>
        Assert.StartsWith(
            $"--lr '{text}', {sentence}", Assert.Throws<InvalidInputException>(() => PlateauText.Parse(text, "--lr")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("plateau", true)]
    [InlineData("0.1 then plateau(0.1", true)]
    [InlineData("cosine(1 -> 0)", false)]
    [InlineData("plateaus", false)]
    public void IsMeant_Text_WhetherItNamesIt(string text, bool expected) => Assert.Equal(expected, PlateauText.IsMeant(text));
}
