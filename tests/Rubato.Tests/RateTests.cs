using FsCheck;
using FsCheck.Fluent;
using Rubato.Control;
using Rubato.Schedules;
using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed class RateTests
{
    private static readonly Gen<double> Positive = ArbMap.Default.GeneratorFor<double>().Where(value => double.IsFinite(value) && value > 0);

    // Without functions, which a rate's text has none of.
    private static readonly Gen<Schedule> AnySchedule = ScheduleGenerator.Any.Generator.Where(schedule => !NamesAFunction(schedule));

    private static readonly Gen<Duration> Length =
        from value in Gen.Choose(1, 100_000)
        from unit in Gen.Elements(TimeUnit.Epochs, TimeUnit.Batches, TimeUnit.Samples, TimeUnit.Share)
        select Duration.Of(value / 8.0, unit);

    private static readonly Gen<Rate> RangeTested =
        from policy in Gen.Elements(CyclePolicy.Triangular, CyclePolicy.Triangular2, CyclePolicy.ExpRange)
        from which in Gen.Choose(0, 2)
        from cycles in Gen.Choose(1, int.MaxValue)
        from step in Length
        from gamma in Gen.Choose(1, 1000)
        select (Rate)new RangeTestedRate(
            policy, which == 1 ? cycles : null, which == 2 ? step : null, policy == CyclePolicy.ExpRange && gamma % 2 == 0 ? gamma / 1000.0 : null);

    private static readonly Gen<Rate> Plateau =
        from warmup in Gen.Elements<Schedule?>(null, new Linear(0, 0.1, Duration.Epochs(2)), Schedule.Parse("linear(0 -> 1, 100ba) then constant(2, 50ba)"))
        from rate in Positive
        from patience in Gen.Choose(0, 100)
        select (Rate)new PlateauRate(warmup, rate, new ReduceOnPlateauSettings { Patience = patience });

    private static readonly Gen<Rate> Polyak =
        from multiple in Positive
        from shape in Gen.OneOf(Gen.Constant<Schedule?>(null), AnySchedule.Select(shape => (Schedule?)shape))
        select Rate.Polyak(multiple, shape);

    private static readonly Gen<Rate> AutoWarmup =
        from patience in Gen.Choose(1, 100)
        from isPaper in Gen.Elements(true, false)
        select Rate.AutoWarmup((isPaper ? ((AutoWarmupRate)Rate.Parse("autowarmup(paper)")).Settings : AutoWarmupSettings.Default) with { Patience = patience });

    private static readonly Gen<Rate> Any = Gen.OneOf(
        Gen.Elements(Rate.Usual, Rate.Rehearsed(), Rate.RangeTested(CyclePolicy.OneCycle)),
        Positive.Select(Rate.FromPeak),
        AnySchedule.Select(Rate.FromSchedule),
        AnySchedule.Select(shape => Rate.Rehearsed(shape)),
        Polyak,
        RangeTested,
        Plateau,
        AutoWarmup);

    public static TheoryData<string, Rate, string> Texts => new()
    {
        { "0.1", 0.1, "0.1" },
        { " 1e-3 ", 0.001, "0.001" },
        { "(0.1)", (Schedule)0.1, "(0.1)" },
        { "constant(0.1)", (Schedule)0.1, "(0.1)" },
        { "cosine( 0.1->0 )", new Cosine(0.1, 0), "cosine(0.1 -> 0)" },
        { " usual ", Rate.Usual, "usual" },
        { "auto", Rate.Rehearsed(), "auto" },
        { "auto*cosine(1->0)", Rate.Rehearsed(new Cosine(1, 0)), "auto * cosine(1 -> 0)" },
        { "polyak(2)*cosine(1->0)", Rate.Polyak(2, new Cosine(1, 0)), "polyak(2) * cosine(1 -> 0)" },
        { " one-cycle ", Rate.RangeTested(CyclePolicy.OneCycle), "one-cycle" },
        { "clr", Rate.RangeTested(CyclePolicy.Triangular2), "clr" },
        { "clr(triangular2)", Rate.RangeTested(CyclePolicy.Triangular2), "clr" },
        { "clr (triangular,cycles 3)", Rate.RangeTested(CyclePolicy.Triangular, 3), "clr(triangular, cycles 3)" },
        { "clr(exp-range, gamma 0.5, step 2ep)", new RangeTestedRate(CyclePolicy.ExpRange, step: Duration.Epochs(2), gamma: 0.5), "clr(exp-range, step 2ep, gamma 0.5)" },
        { "autowarmup", Rate.AutoWarmup(), "autowarmup" },
        { "plateau(0.1)", Rate.Plateau(0.1), "plateau(0.1)" },
        { "linear(0 -> 0.1, 2ep) then plateau(0.1)", new PlateauRate(new Linear(0, 0.1, Duration.Epochs(2)), 0.1, ReduceOnPlateauSettings.Default), "linear(0 -> 0.1, 2ep) then plateau(0.1)" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_AnyOfTheFamily_ItsValueAndCanonicalText(string text, Rate expected, string canonical)
    {
        var rate = Rate.Parse(text);
        Assert.Equal(expected, rate);
        Assert.Equal(canonical, rate.ToString());
    }

    [Fact]
    public void Parse_PrintedRate_Equal() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Any.ToArbitrary(), rate => Rate.Parse(rate.ToString()) == rate));

    [Theory]
    [InlineData("0", "THE RATE is 0; it must be a finite number above 0 or a schedule, for instance 0.1.")]
    [InlineData(" -1 ", "THE RATE is -1; it must be a finite number above 0 or a schedule, for instance 0.1.")]
    [InlineData("NaN", "THE RATE is NaN; it must be a finite number above 0 or a schedule, for instance 0.1.")]
    [InlineData("Infinity", "THE RATE is Infinity; it must be a finite number above 0 or a schedule, for instance 0.1.")]
    public void Parse_Wrong_OneSentence(string text, string sentence) =>
        Assert.Equal(
            sentence, $"{Assert.Single(Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "THE RATE")).Findings)}");

    [Theory]
    [InlineData("auto * cosin(1 -> 0)", "THE RATE 'auto * cosin(1 -> 0)', column 8: ")]
    [InlineData("cosin(1 -> 0)", "THE RATE 'cosin(1 -> 0)', column 1: ")]
    [InlineData("autowarmup(confidence 2)", "THE RATE 'autowarmup(confidence 2)', column 12: ")]
    [InlineData("one-cycles", "THE RATE 'one-cycles', column 1: ")]
    [InlineData("", "THE RATE '', column 1: ")]
    public void Parse_Wrong_TheSubjectIsNamedByWhoeverReads(string text, string start) =>
        Assert.StartsWith(start, Assert.Throws<InvalidInputException>(() => Rate.Parse(text, "THE RATE")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("one-cycle(0.1)")]
    [InlineData("clamp(linear(0 -> 1, 90sp), 0..1)")]
    public void Parse_WordThatBeginsLikeAnotherCase_ASchedule(string text) => Assert.IsType<ScheduledRate>(Rate.Parse(text));

    [Theory]
    [InlineData("0.1", 0.05)]
    [InlineData("usual", 0.05)]
    [InlineData("auto", 0.2)]
    [InlineData("auto * cosine(1 -> 0)", null)]
    [InlineData("cosine(0.1 -> 0)", null)]
    [InlineData("one-cycle", null)]
    [InlineData("autowarmup", null)]
    [InlineData("plateau(0.1)", null)]
    [InlineData("polyak(2)", 0.2)]
    [InlineData("polyak * cosine(1 -> 0)", null)]
    public void UsualWarmup_AnyOfTheFamily_NullWhereTheRateSaysItself(string text, double? expected) => Assert.Equal(expected, Rate.Parse(text).UsualWarmup);

    [Theory]
    [InlineData("0.1", null, "warmup(cosine(0.1 -> 0), 0.05dur, from 0.04)")]
    [InlineData("0.1", 0.2, "warmup(cosine(0.1 -> 0), 0.2dur, from 0.04)")]
    [InlineData("0.1", 0.0, "cosine(0.1 -> 0)")]
    [InlineData("auto", null, "linear(0.04 -> 1, 0.2dur) then linear(1 -> 0)")]
    [InlineData("auto", 0.0, "linear(1 -> 0)")]
    [InlineData("auto * cosine(1 -> 0)", null, "cosine(1 -> 0)")]
    [InlineData("cosine(0.1 -> 0)", null, "cosine(0.1 -> 0)")]
    [InlineData("polyak(2)", null, "linear(0.04 -> 1, 0.2dur) then linear(1 -> 0)")]
    [InlineData("polyak(2)", 0.1, "linear(0.04 -> 1, 0.1dur) then linear(1 -> 0)")]
    [InlineData("polyak * cosine(1 -> 0)", null, "cosine(1 -> 0)")]
    [InlineData("autowarmup", null, "1")]
    [InlineData("linear(0 -> 0.1, 2ep) then plateau(0.1)", null, "linear(0 -> 0.1, 2ep) then 0.1")]
    public void PlanRate_Warmup_WhatThePlanBeginsWith(string text, double? warmup, string expected) =>
        Assert.Equal(Schedule.Parse(expected), Rate.Parse(text).PlanRate(Duration.Epochs(5), 5, warmup));

    [Theory]
    [InlineData("0.1")]
    [InlineData("auto")]
    [InlineData("polyak")]
    public void PlanRate_WarmupOutOfItsRange_Throws(string text)
    {
        Assert.Throws<ArgumentOutOfRangeException>("warmup", () => Rate.Parse(text).PlanRate(Duration.Epochs(5), 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>("warmup", () => Rate.Parse(text).PlanRate(Duration.Epochs(5), 5, double.NaN));
    }

    [Fact]
    public void PlanRate_Usual_IsNoNumberYet() => Assert.Throws<InvalidOperationException>(() => Rate.Usual.PlanRate(Duration.Epochs(5), 5));

    [Theory]
    [InlineData("0.1", typeof(PlanController))]
    [InlineData("cosine(0.1 -> 0)", typeof(PlanController))]
    [InlineData("auto", typeof(PlanController))]
    [InlineData("one-cycle", typeof(PlanController))]
    [InlineData("autowarmup", typeof(AutoWarmup))]
    [InlineData("plateau(0.1)", typeof(ReduceOnPlateau))]
    public void Over_AnyOfTheFamily_ItsController(string text, Type expected)
    {
        var rate = Rate.Parse(text);
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = Duration.Epochs(5),
            SamplesPerEpoch = 1000,
            LearningRate = rate.PlanRate(Duration.Epochs(5), 5),
            BatchSize = 10,
        });
        Assert.IsType(expected, rate.Over(plan));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void FromPeak_NoFiniteNumberAboveZero_Throws(double peak) => Assert.Throws<ArgumentOutOfRangeException>(nameof(peak), () => Rate.FromPeak(peak));

    private static bool NamesAFunction(Schedule schedule) => schedule is Function || ScheduleGenerator.Parts(schedule).Any(NamesAFunction);
}
