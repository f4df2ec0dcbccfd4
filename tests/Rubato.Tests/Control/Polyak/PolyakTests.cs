using Rubato.Control;

namespace Rubato.Tests.Control;

public sealed partial class PolyakTests
{
    private static readonly PolyakSettings Settings = PolyakRun.Settings;

    [Fact]
    public void Decide_NothingSeen_TheFirstRateTimesMultipleAndShape() =>
        Assert.Equal([0.25 * 3 * 0.5], PolyakRun.Of(new Polyak(PlateauRun.Plan(0.5), new PolyakSettings { FirstRate = 0.25, Multiple = 3 })).Rates);

    [Fact]
    public void Observe_LossAndDescent_TheirRatioIsTheNextRate() => Assert.Equal([1, 1.5, 0.25, 0.125], Rates(Settings, (3, 2), (1, 4), (0.5, 4)));

    [Fact]
    public void Observe_Averaging_TheRatioOfSumsOfEqualWeights() =>
        Assert.Equal([1, 2, 0.5, 0.25], Rates(Settings with { Averaging = 0.5 }, (4, 2), (2, 7), (1, 8)));

    [Fact]
    public void Observe_ARatioFarAbove_RisesStepByStepAndFallsAtOnce() =>
        Assert.Equal([1, 2, 4, 8, 0.125], Rates(Settings, (100, 1), (100, 1), (100, 1), (1, 8)));

    [Fact]
    public void Observe_MostRise_IsTheFactor() => Assert.Equal([1, 3, 9], Rates(Settings with { MostRise = 3 }, (100, 1), (100, 1)));

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, -1)]
    [InlineData(0, 2)]
    [InlineData(3, double.NaN)]
    [InlineData(3, double.PositiveInfinity)]
    [InlineData(3, double.NegativeInfinity)]
    [InlineData(-1, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(double.PositiveInfinity, 2)]
    public void Observe_NoStepToTake_TheLastBaseStands(double loss, double descent) =>
        Assert.Equal([1, 0.5, 0.5, 0.25], Rates(Settings, (1, 2), (loss, descent), (1, 4)));

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(double.NaN, 2)]
    [InlineData(3, double.NaN)]
    public void Observe_WhatCannotBeUsed_IsInNoAverage(double loss, double descent)
    {
        var controller = new Polyak(PlateauRun.Plan(1), Settings with { Averaging = 0.5 });
        var state = PolyakRun.Of(controller, (4, 2)).State;
        var values = controller.Decide(new Progress(1, 10), state);
        Assert.Same(state, controller.Observe(new Observation(new Progress(2, 20), values, loss) { Descent = descent }, state));
    }

    // Sums of 2 and 4; then of 1 + 1 and 2 - 1.
    [Fact]
    public void Observe_NegativeDescentWithinAPositiveAverage_IsAveraged() =>
        Assert.Equal([1, 0.5, 2], Rates(Settings with { Averaging = 0.5, MostRise = 10 }, (4, 8), (2, -2)));

    [Theory]
    [InlineData(double.MaxValue, 1)]
    [InlineData(1, double.MaxValue)]
    public void Observe_MultipleBeyondTheRangeOfNumbers_TheLastBaseStands(double first, double multiple) =>
        Assert.All(Rates(new PolyakSettings { FirstRate = first, Multiple = multiple, Averaging = 0 }, (1e308, 1e-300), (1e308, 1e-300)), rate => Assert.Equal(double.MaxValue, rate));

    [Fact]
    public void Observe_RateOfZeroWithoutADescent_IsLeftOut()
    {
        var controller = new Polyak(PlateauRun.Plan(Schedule.Parse("linear(0 -> 1, 2ba) then 1")), Settings);
        Assert.Equal([0, 0.5, 0.25], PolyakRun.Of(controller, (4, null), (1, 4)).Rates);
    }

    [Fact]
    public void Observe_RateAboveZeroWithoutADescent_SaysWhatIsMissing()
    {
        var message = Assert.Throws<InvalidOperationException>(() => Rates(Settings, (4, null))).Message;
        Assert.Equal(
            "An update was reported without its descent, from which Polyak takes the rate; "
            + "measure <g, w_before - w_after> / rate over all parameters, and report it with the loss.",
            message);
    }

    [Fact]
    public void Decide_Shape_IsMultipliedByTheBase() => Assert.Equal(
        [0.25, 0.5 * 0.5, 0.75 * 0.5, 0.5], PolyakRun.Of(new Polyak(PlateauRun.Plan(Schedule.Parse("linear(0.25 -> 1, 3ba) then 1")), Settings), (1, 2), (1, 2), (1, 2)).Rates);

    [Fact]
    public void Decide_EverythingElse_IsThePlans()
    {
        var plan = PlateauRun.Plan(1);
        var values = new Polyak(plan, Settings with { FirstRate = 0.5 }).Decide(default, new Polyak(plan, Settings with { FirstRate = 0.5 }).InitialState);
        Assert.Equal(plan.At(0) with { LearningRate = 0.5 }, values);
    }

    [Fact]
    public void DecideGroup_AfterUpdates_RatiosStay()
    {
        var controller = new Polyak(PlateauRun.Plan(1), Settings with { Multiple = 3 });
        var state = PolyakRun.Of(controller, (1, 2)).State;
        var rate = controller.Decide(new Progress(1, 10), state);
        Assert.Equal(1.5, rate.LearningRate);
        Assert.Equal(rate with { LearningRate = rate.LearningRate / 4 }, controller.DecideGroup("head", new Progress(1, 10), state));
    }

    [Fact]
    public void RolledBack_AveragesBeginAnewAndTheBaseStands()
    {
        var controller = new Polyak(PlateauRun.Plan(1), Settings with { Averaging = 0.5 });
        var state = PolyakRun.Of(controller, (4, 8), (4, 8)).State;
        var lost = new Observation(new Progress(2, 20), controller.Decide(new Progress(2, 20), state), double.NaN);
        var anew = controller.RolledBack(lost, state);
        Assert.Equal(new PolyakState(ControllerState.None, 0.5), anew);
        var next = controller.Observe(lost with { Loss = 1, Descent = 4 }, anew);
        Assert.Equal(0.25, ((PolyakState)next).Base);
    }

    [Fact]
    public void RolledBack_IsToldToTheControllerWithin()
    {
        var warmup = new AutoWarmup(PlateauRun.Plan(1, 400));
        var controller = new Polyak(warmup, Settings);
        var state = PolyakRun.Of(controller, Enumerable.Range(0, 39).Select(update => (2 + (0.05 * Math.Abs(update - 30)), (double?)1))).State;
        var lost = new Observation(new Progress(39, 390), new HyperParameters(1, 10, 0, 0), double.NaN);
        var expected = warmup.RolledBack(lost, state.Inner);
        Assert.NotEqual(state.Inner, expected);
        Assert.Equal(expected, ((PolyakState)controller.RolledBack(lost, state)).Inner);
    }

    [Fact]
    public void Guarded_LossNotFinite_ScalesTheRateThatTheNextLossesSay()
    {
        var controller = new GuardedController(new Polyak(PlateauRun.Plan(1), Settings), new LossGuard(1000));
        var driver = new Driver(controller);
        _ = driver.NextOf("head");
        for (var update = 0; update < 20; update++)
        {
            Assert.True(driver.TryNext(out _));
            driver.Report(1, gradientNorm: 1, descent: 2);
        }

        Assert.Equal(0.5, driver.Next.LearningRate);
        Assert.Equal(GuardDecision.RollBack, driver.Report(double.NaN));
        Assert.InRange(driver.Guard!.Scale, 0.01, 0.99);
        Assert.Equal(0.5 * controller.Guard.ScaleOf(driver.Guard), driver.Next.LearningRate);
        driver.Report(1, gradientNorm: 1, descent: 4);
        Assert.Equal(0.25 * controller.Guard.ScaleOf(driver.Guard!), driver.Next.LearningRate);
    }

    [Fact]
    public void Decide_StateOfAnotherController_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Polyak(PlateauRun.Plan(1), Settings).Decide(default, ControllerState.None));

    [Fact]
    public void Equals_SamePlanSettingsAndInner()
    {
        Assert.Equal(new Polyak(PlateauRun.Plan(1), Settings), new Polyak(PlateauRun.Plan(1), Settings with { Multiple = 1 }));
        Assert.NotEqual(new Polyak(PlateauRun.Plan(1), Settings), new Polyak(PlateauRun.Plan(1), Settings with { Multiple = 2 }));
        Assert.NotEqual(new Polyak(PlateauRun.Plan(1), Settings), new Polyak(PlateauRun.Plan(0.5), Settings));
    }

    private static double[] Rates(PolyakSettings settings, params (double Loss, double? Descent)[] seen) =>
        PolyakRun.Of(new Polyak(PlateauRun.Plan(1), settings), seen).Rates;
}
