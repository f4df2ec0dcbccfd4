using FsCheck;
using FsCheck.Fluent;
using Rubato.Rewrites;

namespace Rubato.Tests.Rewrites;

public sealed class ExponentialUpdateTests
{
    private static ExponentialUpdate Example { get; } = new()
    {
        Step = 3,
        Start = 20,
        BatchSize = 10,
        Momentum = 0.5,
        LogRate = Math.Log(32),
        LogGrowth = Math.Log(2),
        LogGrowthAfter = Math.Log(4),
        BufferOffset = 0.125,
        BufferOffsetAfter = 0.25,
    };

    // 32 / (2 4) = 4, and 0.25 / (1 + 4 0.25) - 0.5 0.125 = 0.0625.
    [Fact]
    public void ToWeightDecay_Numbers_RateAndDecay()
    {
        var update = Example.ToWeightDecay();

        Assert.Equal((3, 20, 10, 0.5), (update.Step, update.Start, update.HyperParameters.BatchSize, update.HyperParameters.Momentum));
        Assert.Equal(4, update.HyperParameters.LearningRate, 1e-14);
        Assert.Equal(0.0625, update.HyperParameters.WeightDecay, 1e-14);
        Assert.Equal(Example.End, update.End);
    }

    [Fact]
    public void ToWeightDecay_RateZero_DecayIsKept()
    {
        var update = (Example with { LogRate = double.NegativeInfinity, LogGrowthAfter = Math.Log(2) }).ToWeightDecay();

        Assert.Equal((0, 0.1875), (update.HyperParameters.LearningRate, update.HyperParameters.WeightDecay));
    }

    [Fact]
    public void ToWeightDecay_RandomPlans_ThereAndBack() => Prop.ForAll(ExponentialExamples.Plans, plan =>
    {
        foreach (var (update, back) in plan.EnumerateUpdates().Zip(plan.ToExponential().ToWeightDecay()))
        {
            var (expected, actual) = (update.HyperParameters, back.HyperParameters);
            Assert.Equal(update with { HyperParameters = actual }, back);
            Assert.Equal((expected.BatchSize, expected.Momentum), (actual.BatchSize, actual.Momentum));
            Assert.Equal(expected.LearningRate, actual.LearningRate, 1e-12 * expected.LearningRate);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToWeightDecay_RandomPlans_ThereAndBackOfTheDecay() => Prop.ForAll(ExponentialExamples.Plans, plan =>
    {
        var exponential = plan.ToExponential();
        foreach (var (update, back) in exponential.EnumerateUpdates().Zip(exponential.ToWeightDecay()))
        {
            var expected = plan.At(update.Start).WeightDecay;
            Assert.Equal(expected, back.HyperParameters.WeightDecay, (1e-12 * expected) + (1e-13 * update.Momentum * update.BufferOffset));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0", "0.2")]
    [InlineData("0.9", "2.5e-3")]
    [InlineData("0.99", "2e-5")]
    [InlineData("0.999", "2e-7")]
    public void ToWeightDecay_SteadyDecay_ThereAndBackRelative(string momentum, string decay)
    {
        var plan = ExponentialExamples.Plan("linear(0 -> 1, 0.1dur) then cosine(1 -> 0)", momentum, decay);

        Assert.All(plan.ToExponential().ToWeightDecay(), update => Assert.Equal(plan.WeightDecay.At(0), update.HyperParameters.WeightDecay, 1e-12 * plan.WeightDecay.At(0)));
    }

    [Fact]
    public void ToWeightDecay_Phases_ThereAndBack() => Prop.ForAll(ExponentialExamples.Phases, plan =>
    {
        foreach (var (update, back) in plan.EnumerateUpdates().Zip(plan.Texp().ToWeightDecay()))
        {
            Assert.Equal(update.HyperParameters.LearningRate, back.HyperParameters.LearningRate, 1e-12);
            Assert.Equal(update.HyperParameters.WeightDecay, back.HyperParameters.WeightDecay, 1e-14);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToWeightDecay_OffsetsOfNoPlan_OneSentence() => Assert.Equal(
        "update 3, at sample 20: a buffer offset of 0.125 before it and of 0.0625 after it stand for the weight decay -0.0125, but it must be at least 0; take both from one plan.",
        Assert.Throws<InvalidInputException>(() => (Example with { BufferOffsetAfter = 0.0625 }).ToWeightDecay()).Message);
}
