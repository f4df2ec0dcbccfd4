using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ExponentialGrowthTests
{
    [Fact]
    public void Next_RandomPlans_SameFunction() => Prop.ForAll(ExponentialExamples.Plans, plan =>
        AssertSame(ScaleInvariantLoss.Compare(plan, new ExponentialGrowth { Limit = 4 }))).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_RandomPhases_SameFunction() => Prop.ForAll(ExponentialExamples.Phases, plan =>
        AssertSame(ScaleInvariantLoss.Compare(plan, new ExponentialGrowth { IsPhased = true, Limit = 4 }))).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_StepDecayWithoutCorrections_OtherFunction() => Assert.InRange(
        ScaleInvariantLoss.Compare(ExponentialExamples.StepDecay, new ExponentialGrowth { IsPhased = true, IsCorrected = false }).Direction, 0.01, 1);

    // 0.7 of the weights remain after each update: 2^1029 times as long at the end, in shifts of 2^10 to 2^11.
    [Fact]
    public void Next_WeightsBeyondDouble_ShiftedByPowersOfTwo()
    {
        var difference = ScaleInvariantLoss.Compare(ExponentialExamples.Plan("1", "0", "0.3"), new ExponentialGrowth());

        AssertSame(difference);
        Assert.InRange(difference.Shifts, 93, 103);
    }

    [Fact]
    public void Next_Plan_RatesOfTheExponentialPlan() => Prop.ForAll(ExponentialExamples.Phases, plan =>
    {
        AssertRates(plan.ToExponential(), new ExponentialGrowth());
        AssertRates(plan.Texp(), new ExponentialGrowth { IsPhased = true });
    }).QuickCheckThrowOnFailure();

    // a = 1 - 0.5 * 0.5 = 3/4 at each update: P is 1, 4/3, 16/9, 64/27, 256/81; the sixth is above 4, and an eighth of it is at most 1.
    [Fact]
    public void Next_WithoutMomentum_PowersOfFourThirds()
    {
        var growth = new ExponentialGrowth { Limit = 4 };
        var (state, scales, rates, factors) = (default(GrowthState), new List<double>(), new List<double>(), new List<double>());
        for (var t = 0; t < 6; t++)
        {
            var step = growth.Next(new HyperParameters(0.5, 1, 0, 0.5), state);
            state = step.After;
            scales.Add(Math.Round(state.Scale, 12));
            rates.Add(Math.Round(step.LearningRate, 12));
            factors.Add(step.ShiftFactor);
        }

        Assert.Equal([1, 1, 1, 1, 0.125, 1], factors);
        Assert.Equal(Rounded(4 / 3.0, 16 / 9.0, 64 / 27.0, 256 / 81.0, 1024 / 243.0 / 8, 4096 / 729.0 / 8), scales);
        Assert.Equal(Rounded(0.5 * 4 / 3, 0.5 * 64 / 27, 0.5 * 1024 / 243, 0.5 * 16384 / 2187, 0.5 * 256 / 81 * 1024 / 243, 0.5 * 1024 / 243 * 4096 / 729 / 64), rates);

        static double[] Rounded(params double[] values) => [.. values.Select(value => Math.Round(value, 12))];
    }

    [Fact]
    public void Next_NoWeightsLeft_OneSentence() => Assert.Equal(
        "weight decay 12 at learning rate 0.1 and momentum 0.9 takes away more than all of the weights (alpha = -0.2, and it must be above 0), which no growing rate can stand for; lower the weight decay or the learning rate.",
        Assert.Throws<InvalidInputException>(() => new ExponentialGrowth().Next(new HyperParameters(0.1, 1, 0.9, 12), default)).Message);

    // a = 1 - lr (wd + m u): 0.9, 0.02 and 0.01 from the start, 1 - 0.1 * (2 + 0.9 * 10) = -0.1 with a buffer that has taken up weight decay.
    [Theory]
    [InlineData(0.1, 1, 0, true)]
    [InlineData(0.1, 9.8, 0, true)]
    [InlineData(0.1, 9.9, 0, false)]
    [InlineData(0.1, 2, 10, false)]
    [InlineData(0.01, 2, 10, true)]
    public void CanFollow_ShareOfTheWeightsThatIsLeft_AHundredthAtLeast(double rate, double decay, double offset, bool follows) => Assert.Equal(
        follows, new ExponentialGrowth().CanFollow(new HyperParameters(rate, 1, 0.9, decay), new GrowthState { BufferOffset = offset }));

    [Fact]
    public void Next_PhaseThatTakesAllOfTheWeights_OneSentence() => Assert.Equal(
        "the learning rate 1 times the weight decay 1 is 1, but with momentum 0 a rate can grow steadily only up to (1 - sqrt(momentum))^2 = 1, and below 1; lower one of them.",
        Assert.Throws<InvalidInputException>(() => new ExponentialGrowth { IsPhased = true }.Next(new HyperParameters(1, 1, 0, 1), default)).Message);

    [Fact]
    public void Next_RateOfZero_NothingMovesAndTheBufferFills()
    {
        var step = new ExponentialGrowth().Next(new HyperParameters(0, 1, 0.5, 0.25), default);

        Assert.Equal((0, double.NegativeInfinity, 1.0), (step.LearningRate, step.LogRate, step.ScaleFactor));
        Assert.Equal(0.25, step.After.BufferOffset);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Limit_BelowOneOrNotFinite_Refused(double limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialGrowth { Limit = limit });

    private static void AssertRates(ExponentialPlan plan, ExponentialGrowth growth)
    {
        var state = default(GrowthState);
        var corrections = new List<long>();
        foreach (var update in plan.EnumerateUpdates())
        {
            var step = growth.Next(plan.Source.At(update.Start), state);
            Assert.Equal(update.LogGrowth, state.LogGrowth);
            Assert.Equal(update.LogRate, step.LogRate);
            Assert.Equal(update.LogGrowthAfter, step.After.LogGrowth);
            if (step.BufferCorrection != 0)
            {
                corrections.Add(update.Step);
            }

            state = step.After;
        }

        Assert.Equal(plan.Corrections.Select(correction => correction.Step), corrections);
    }

    private static void AssertSame(Difference difference)
    {
        Assert.InRange(difference.Loss, 0, 1e-9);
        Assert.InRange(difference.Direction, 0, 1e-9);
        Assert.InRange(difference.Scale, 0, 1e-9);
    }
}
