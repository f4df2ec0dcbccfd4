using Rubato.Rewrites;
using Rubato.Runs.Charts;

namespace Rubato.Runs.Tests.Charts;

public sealed class ExponentialSurveyTests
{
    // Half of the weights remain after each update, so that update t = 0, 1, ... has the rate 2^(2t + 1).
    private static readonly PlanSettings Halving = SamplePlans.Hundred(1) with { Momentum = 0, WeightDecay = 0.5 };

    [Theory]
    [InlineData("exponential")]
    [InlineData("texp")]
    [InlineData("texp--")]
    public void Of_ConstantValues_OnePhase(string form)
    {
        var rates = Survey(Halving, form);

        var phase = Assert.Single(rates.Phases);
        Assert.Equal((0, 1L, 100L, 1000), (phase.From, phase.First.Step, phase.Last.Step, phase.Last.Samples));
        Assert.Equal((1, 199), (Powers(phase.First.Value), Powers(phase.Last.Value)));
        Assert.Equal(10.0, phase.UpdatesPerEpoch);
        Assert.Equal(20 * Math.Log(2), phase.LogFactorPerEpoch!.Value, 1e-12);
        Assert.Equal(100 * Math.Log(2), rates.LogGrowth, 1e-12);
        Assert.True(rates.IsSteady);
    }

    // Li and Arora 2019: 391 updates an epoch, of which the last is cut.
    [Fact]
    public void Of_RunOfThePaper_ItsPhases()
    {
        var rates = Survey(Paper, "texp");

        Assert.Equal(["1.4812", "1.0399", "1.0039"], rates.Phases.Select(phase => $"{Math.Exp(phase.LogFactorPerEpoch!.Value):F4}"));
        Assert.Equal([0L, 4_000_000, 6_000_000], rates.Phases.Select(phase => phase.From));
        Assert.Equal([-1.00, 11.65, 11.33], rates.Phases.Select(phase => Math.Round(phase.First.Value, 2)));
        Assert.Equal([12.65, 12.33, 11.64], rates.Phases.Select(phase => Math.Round(phase.Last.Value, 2)));
        Assert.Equal(31_280, rates.Curve.Highest.Step);
        Assert.Equal([1L, 31_281, 46_921], rates.Corrections.Select(correction => correction.Step));
        Assert.True(rates.IsSteady);
        Assert.Null(rates.Overflow);
    }

    // From an empty buffer the growth comes to its phases, which it begins anew.
    [Fact]
    public void Of_RunOfThePaperByAnySchedule_TheSamePhases()
    {
        var rates = Survey(Paper, "exponential");

        Assert.Equal(["1.4812", "1.0399", "1.0039"], rates.Phases.Select(phase => $"{Math.Exp(phase.LogFactorPerEpoch!.Value):F4}"));
        Assert.Empty(rates.Corrections);
    }

    [Fact]
    public void Of_BatchThatGrows_APhaseEach()
    {
        var rates = Survey(Halving with { BatchSize = Schedule.Parse("multi-step(10, gamma 2, at 5ep)") }, "exponential");

        Assert.Equal([(0, 10.0), (500, 5.0)], rates.Phases.Select(phase => (phase.From, phase.UpdatesPerEpoch!.Value)));
        Assert.True(rates.IsSteady);
    }

    [Fact]
    public void Of_PhaseOfLessThanATwentieth_LeftOut()
    {
        var rates = Survey(Halving with { LearningRate = Schedule.Parse("table(0ba: 0.5, 4ba: 1)") }, "texp");

        Assert.Equal(40, Assert.Single(rates.Phases).From);
        Assert.False(rates.IsSteady);
    }

    [Theory]
    [InlineData("cosine(1 -> 0.1)")]
    [InlineData("0")]
    public void Of_RateThatMovesOrIsZero_NoPhase(string rate)
    {
        var rates = Survey(Halving with { LearningRate = Schedule.Parse(rate) }, "exponential");

        Assert.Empty(rates.Phases);
        Assert.False(rates.IsSteady);
        Assert.Equal(rate == "0" ? 1 : 100, rates.Curve.Highest.Step);
    }

    // 2^127 is the last one below 3.4e38: update 64.
    [Fact]
    public void Of_RatesBeyondFloat32_TheFirst()
    {
        var overflow = Survey(Halving, "exponential").Overflow!.Value;

        Assert.Equal((65L, 650), (overflow.Step, overflow.Samples));
        Assert.Equal(129, Powers(overflow.Value));
    }

    [Fact]
    public void Of_ShortPlan_EachRateOfTheLibrary()
    {
        var settings = SamplePlans.Hundred(Schedule.Parse("cosine(0.1 -> 0.01)")) with { WeightDecay = 0.01 };

        var curve = Survey(settings, "exponential").Curve;

        Assert.True(curve.IsComplete);
        var expected = settings.Built().ToExponential().EnumerateUpdates().Select(update => update.LogRate / Math.Log(10)).ToArray();
        Assert.Equal([.. expected, expected[^1]], curve.Points.Select(point => point.Value));
    }

    [Fact]
    public void Of_Groups_ThoseWithSchedulesOfTheirOwn()
    {
        var settings = Halving with
        {
            Groups = [new GroupSettings("none"), new GroupSettings("slow", LearningRate: 0.5), new GroupSettings("kept", WeightDecay: 0)],
        };

        var survey = PlanSurvey.Of(settings.Built(), noise: null, ExponentialRewrite.Parse("texp"), TestContext.Current.CancellationToken);

        Assert.Equal([null, "slow", "kept"], survey.Exponential.Select(rates => rates.Curve.Group));
        Assert.Equal([100 * Math.Log(2), 100 * Math.Log(4 / 3.0), 0], survey.Exponential.Select(rates => rates.LogGrowth), (expected, actual) => Math.Abs(expected - actual) < 1e-9);
    }

    [Fact]
    public void Of_ConditionsFail_Refused() =>
        Assert.StartsWith("update 1, at sample 0: ", Assert.Throws<InvalidInputException>(() => Survey(Halving with { Momentum = 0.9 }, "texp")).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var rates = (Halving with { WeightDecay = 0, Length = Duration.Batches(5000) }).Built().ToExponential();

        Assert.Throws<OperationCanceledException>(() => ExponentialSurvey.Of(rates, 0, source.Token));
    }

    private static PlanSettings Paper { get; } = new()
    {
        Length = Duration.Epochs(300),
        SamplesPerEpoch = 50_000,
        Tail = EpochTail.Cut,
        LearningRate = Schedule.Parse("multi-step(0.1, gamma 0.1, at 80ep 120ep)"),
        BatchSize = 128,
        Momentum = 0.9,
        WeightDecay = 5e-4,
    };

    private static ExponentialSurvey Survey(PlanSettings settings, string form) =>
        PlanSurvey.Of(settings.Built(), noise: null, ExponentialRewrite.Parse(form), TestContext.Current.CancellationToken).Exponential[0];

    private static double Powers(double exponent) => Math.Round(exponent / Math.Log10(2), 9);
}
