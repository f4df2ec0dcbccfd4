using Rubato.Control;
using Rubato.Tests.Numerics;

namespace Rubato.Tests.Language;

public sealed class PlateauFormTests
{
    [Fact]
    public void Parse_Alone_TheRateFromTheStart()
    {
        var choice = Parse("plateau(0.1)");
        Assert.Equal(new PlateauRate(null, 0.1, ReduceOnPlateauSettings.Default), choice);
        Assert.Equal(("0.1", "plateau(0.1)"), (choice.PlanRate(Duration.Rest, null).ToString(), choice.ToString()));
    }

    [Fact]
    public void Parse_Options_InAnyOrder()
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
        var choice = Parse(" plateau ( 0.1, every 100ba, eps 0, min-lr 1e-4,cooldown 2,threshold-mode abs, threshold 0.01, patience 0, factor 0.5 ) ");
        Assert.Equal(settings, choice.Settings);
        Assert.Equal(
            "plateau(0.1, factor 0.5, patience 0, threshold 0.01, threshold-mode abs, cooldown 2, min-lr 0.0001, eps 0, every 100ba)", choice.ToString());
        Assert.Equal(choice, Parse(choice.ToString()));
    }

    [Theory]
    [InlineData("plateau(0.1, watch validation-loss)", Watched.ValidationLoss)]
    [InlineData("plateau(0.1, patience 3, watch validation-accuracy)", Watched.ValidationAccuracy)]
    [InlineData("linear(0 -> 0.1, 2ep) then plateau(0.1, watch test-loss)", Watched.TestLoss)]
    [InlineData("plateau(0.1, watch test-accuracy)", Watched.TestAccuracy)]
    public void Parse_Watch_ReadBack(string text, Watched watched)
    {
        var choice = Parse(text);
        Assert.Equal(watched, choice.Settings.Watch);
        Assert.Equal(text, choice.ToString());
    }

    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void Parse_PrintedPowersOfTwo_Equal(double value)
    {
        var choice = new PlateauRate(null, value, new ReduceOnPlateauSettings { Factor = value, MinLr = value });
        Assert.Equal(choice, Parse(choice.ToString()));
    }

    [Theory]
    [InlineData("linear(0 -> 0.1, 2ep) then plateau(0.1)", "linear(0 -> 0.1, 2ep) then 0.1", "2ep")]
    [InlineData("linear(0 -> 1, 100ba) then constant(2, 50ba) then plateau(1, factor 0.5)", "linear(0 -> 1, 100ba) then constant(2, 50ba) then 1", "150ba")]
    [InlineData("0.5 * linear(0 -> 0.1, 0.1dur) + 0.1 then plateau(0.2)", "0.5 * linear(0 -> 0.1, 0.1dur) + 0.1 then 0.2", "0.1dur")]
    [InlineData("clamp(linear(0 -> 1, 90sp), 0..1) then plateau(1)", "clamp(linear(0 -> 1, 90sp), 0..1) then 1", "90sp")]
    public void Parse_ScheduleBeforeIt_WatchesFromItsEnd(string text, string schedule, string after)
    {
        var choice = Parse(text);
        Assert.Equal(schedule, choice.PlanRate(Duration.Rest, null).ToString());
        Assert.Equal(after, choice.Settings.After.ToString());
        Assert.Equal(text, choice.ToString());
    }

    [Fact]
    public void Over_Plan_ThePlansRateIsReduced()
    {
        var choice = Parse("linear(0 -> 1, 2ba) then plateau(1, factor 0.5, patience 0, every 1ba)");
        var plan = new TrainingPlan(new PlanSettings { Length = Duration.Batches(9), LearningRate = choice.PlanRate(Duration.Rest, null), BatchSize = 1 });
        var controller = (ReduceOnPlateau)choice.Over(plan);
        Assert.Equal(new ReduceOnPlateau(plan, choice.Settings), controller);
        Assert.Equal([0, 0.5, 1, 1, 0.5, 0.25], Control.PlateauRun.Of(controller, [1, 1, 3, 3, 3]).Rates);
    }

    [Theory]
    [InlineData("plateau", "column 8: expected the learning rate in parentheses, as in linear(0 -> 0.1, 2ep) then plateau(0.1), but the text ends.")]
    [InlineData("plateau()", "column 9: expected the learning rate in parentheses, as in linear(0 -> 0.1, 2ep) then plateau(0.1), but found ')'.")]
    [InlineData("plateau(0.1, factr 0.5)", "column 14: plateau has no option 'factr'; its options are factor, patience, threshold, threshold-mode, cooldown, min-lr, eps, every, watch.")]
    [InlineData("plateau(0.1, watch test-los)", "column 20: expected validation-loss, validation-accuracy, test-loss or test-accuracy after 'watch', but found 'test-los'. Did you mean 'test-loss'?")]
    [InlineData("plateau(0.1, factor 2)", "column 14: plateau: factor must be at least 0 and below 1.")]
    [InlineData("plateau(0.1, patience 1.5)", "column 23: expected a whole number of at least 0 after 'patience', but found '1.5'.")]
    [InlineData("plateau(0.1, patience -1)", "column 14: plateau: patience must be at least 0.")]
    [InlineData("plateau(0.1, threshold-mode relative)", "column 29: expected rel or abs after 'threshold-mode', but found 'relative'.")]
    [InlineData("plateau(0.1) then 0.01", "column 1: plateau lasts to the end of the run; leave out what stands after it, '0.01'.")]
    [InlineData("linear(0 -> 1, 2ep) * plateau(0.1)", "column 23: 'plateau' is a controller and no schedule;")]
    [InlineData("lineer(0 -> 1, 2ep) then plateau(0.1)", "column 1: there is no schedule 'lineer'. Did you mean 'linear'?")]
    [InlineData("linear(0 -> 1) then plateau(0.1)", "column 21: what stands before plateau, 'linear(0 -> 1)', has no length of its own; give it one, as in linear(0 -> 0.1, 2ep) then plateau(0.1).")]
    [InlineData("0.1 then plateau(0.1)", "column 10: what stands before plateau, '0.1', has no length of its own;")]
    [InlineData("linear(0 -> 1, 2ep) then constant(1, 3ba) then plateau(1)", "column 48: what stands before plateau, 'linear(0 -> 1, 2ep) then constant(1, 3ba)', has durations of several units;")]
    public void Parse_Wrong_OneSentenceWithThePlace(string text, string sentence) =>
        Assert.StartsWith($"--lr '{text}', {sentence}", Assert.Throws<InvalidInputException>(() => Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_SeveralWrong_AllFindings() =>
        Assert.Equal(3, Assert.Throws<InvalidInputException>(() => Parse("0.1 then plateau(0.1, factor 2, patience -1)")).Findings.Count);

    private static PlateauRate Parse(string text) => (PlateauRate)Rate.Parse(text, "--lr");
}
