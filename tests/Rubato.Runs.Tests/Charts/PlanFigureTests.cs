using Rubato.Rewrites;
using Rubato.Runs.Charts;
using Rubato.Schedules;

namespace Rubato.Runs.Tests.Charts;

public sealed class PlanFigureTests
{
    [Fact]
    public void Of_ConstantsBesideTheRate_OnePanel()
    {
        var figure = Figure(SamplePlans.Hundred(new Linear(0.4, 0)));

        var panel = Assert.Single(figure.Panels);
        Assert.Equal(PlanQuantity.LearningRate, panel.Quantity);
        Assert.Equal((0, 0.4), (panel.Low, panel.High));
        Assert.Equal((PlanAxis.Epochs, 10), (figure.Axis, figure.End));
        Assert.Equal((5, 0.2), panel.Lines.Single().Points[50]);
    }

    [Fact]
    public void Of_WhatChanges_APanelEachInOrder()
    {
        var figure = Figure(SamplePlans.Hundred(1) with { Momentum = new MultiStep(0.5, 1.5, [Duration.Epochs(2)]), BatchSize = new MultiStep(10, 2, [Duration.Epochs(5)]) });

        Assert.Equal(
            [(PlanQuantity.LearningRate, 0, 1), (PlanQuantity.BatchSize, 10, 20), (PlanQuantity.Momentum, 0.5, 0.75)],
            figure.Panels.Select(panel => (panel.Quantity, panel.Low, panel.High)));
    }

    [Fact]
    public void Of_ConstantsThatDifferBetweenPlans_TheirPanel()
    {
        var figure = Figure(SamplePlans.Hundred(1), SamplePlans.Hundred(1) with { Momentum = 0.5 });

        Assert.Equal([PlanQuantity.LearningRate, PlanQuantity.Momentum], figure.Panels.Select(panel => panel.Quantity));
        Assert.Equal(["plan 0", "plan 1"], figure.Names);
        Assert.Equal([0, 1], figure.Plans);
    }

    [Fact]
    public void Of_Groups_InTheLegendOnceEach()
    {
        var head = SamplePlans.Hundred(1) with { Groups = [new GroupSettings("head", LearningRate: 2, WeightDecay: 0.1)] };

        var figure = Figure(head, SamplePlans.Hundred(1));

        Assert.Equal(["plan 0", "plan 0: group head", "plan 1"], figure.Names);
        Assert.Equal([0, 2], figure.Plans);
        Assert.Equal([0, 1, 2], figure.Panels[0].Lines.Select(line => line.Index));
    }

    [Theory]
    [InlineData("1000ba", PlanAxis.Updates, 1000)]
    [InlineData("5000sp", PlanAxis.Samples, 5000)]
    public void Of_NoDataSize_AxisOfTheLength(string length, PlanAxis axis, double end)
    {
        var figure = Figure(SamplePlans.Hundred(1) with { SamplesPerEpoch = null, Length = Duration.Parse(length) });

        Assert.Equal((axis, end), (figure.Axis, figure.End));
        Assert.Equal(end, figure.Panels[0].Lines[0].Points[^1].X);
    }

    [Fact]
    public void Of_PlansOfDifferentData_EachInItsOwnEpochs()
    {
        var figure = Figure(SamplePlans.Hundred(1), SamplePlans.Hundred(1) with { SamplesPerEpoch = 50, Length = Duration.Epochs(4) });

        Assert.Equal([10, 4], figure.Panels[0].Lines.Select(line => line.Points[^1].X));
    }

    public static TheoryData<Schedule, bool> Rates => new()
    {
        { new Exponential(1e-5, 1), true },
        { new Cosine(0.1, 0), false },
        { new Linear(0, 1, Duration.Epochs(1)).Then(new Cosine(1, 0)), false },
        { new MultiStep(1, 0.1, [Duration.Epochs(2), Duration.Epochs(4), Duration.Epochs(6), Duration.Epochs(8)]), true },
        { new MultiStep(1, 0.1, [Duration.Epochs(3), Duration.Epochs(6)]), false },
        { new Constant(0, Duration.Epochs(5)).Then(1), false },
        { 0, false },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Of_Rate_LogarithmicWhereItStaysSmall(Schedule rate, bool logarithmic) =>
        Assert.Equal(logarithmic, Figure(SamplePlans.Hundred(rate)).Panels[0].IsLogarithmic);

    [Fact]
    public void Of_LogarithmicAskedFor_FromTheSmallestRateAboveZero()
    {
        var plan = new NamedPlan("a", SamplePlans.Hundred(new MultiStep(1, 0.5, [Duration.Epochs(5)])).Surveyed());

        var panel = PlanFigure.Of([plan], logarithmic: true).Panels[0];

        Assert.Equal((true, 0.5, 1), (panel.IsLogarithmic, panel.Low, panel.High));
    }

    [Fact]
    public void Of_NoiseScale_ALastPanelThoughItNeverChanges()
    {
        var figure = PlanFigure.Of([new NamedPlan("a", SamplePlans.Hundred(1).Surveyed(NoiseForm.SmallBatch))]);

        Assert.Equal([PlanQuantity.LearningRate, PlanQuantity.SmallBatchNoise], figure.Panels.Select(panel => panel.Quantity));
        Assert.Equal((false, 0, 100), (figure.Panels[1].IsLogarithmic, figure.Panels[1].Low, Math.Round(figure.Panels[1].High, 9)));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Of_NoiseScale_LogarithmicWithTheRate(Schedule rate, bool logarithmic) =>
        Assert.Equal(logarithmic, PlanFigure.Of([new NamedPlan("a", SamplePlans.Hundred(rate).Surveyed(NoiseForm.Exact))]).Panels[1].IsLogarithmic);

    [Fact]
    public void Of_ExponentialRate_ASecondPanelWithNamesOfItsOwn()
    {
        var settings = SamplePlans.Hundred(1) with
        {
            Momentum = 0,
            WeightDecay = 0.5,
            BatchSize = new MultiStep(10, 2, [Duration.Epochs(5)]),
            Groups = [new GroupSettings("head", LearningRate: 0.5)],
        };

        var figure = PlanFigure.Of([new NamedPlan("a", settings.Surveyed(new ExponentialRewrite(ExponentialForm.Steps))), new NamedPlan("b", settings.Surveyed())]);

        Assert.Equal(["a", "a: group head", "a, texp", "a, texp: group head", "b", "b: group head"], figure.Names);
        Assert.Equal([0, 4], figure.Plans);
        Assert.Equal([PlanQuantity.LearningRate, PlanQuantity.ExponentialRate, PlanQuantity.BatchSize], figure.Panels.Select(panel => panel.Quantity));
        Assert.Equal([2, 3, 0, 1], figure.Panels[1].Lines.Select(line => line.Index));
    }

    private static PlanFigure Figure(params PlanSettings[] settings) =>
        PlanFigure.Of([.. settings.Select((plan, i) => new NamedPlan($"plan {i}", plan.Surveyed()))]);
}
