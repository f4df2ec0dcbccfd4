using Rubato.Plans;
using Rubato.Schedules.Curves;

namespace Rubato.Tests.Plans;

public sealed class TrainingPlanTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.WarmupCosine(0.5, samples: 1000, batchSize: 10, momentum: 0.9, weightDecay: 5e-4, warmupFraction: 0.2);

    // Warm-up: 0.02 + 0.48 t / 200. Cosine: 0.25 (1 + cos(pi (t - 200) / 800)).
    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(50, 0.14)]
    [InlineData(100, 0.26)]
    [InlineData(199, 0.4976)]
    [InlineData(200, 0.5)]
    [InlineData(400, 0.4267766952966369)]
    [InlineData(600, 0.25)]
    [InlineData(800, 0.0732233047033631)]
    [InlineData(1000, 0)]
    [InlineData(2000, 0)]
    public void At_WarmupCosine_Table(long samples, double rate)
    {
        var parameters = Plan.At(samples);

        Assert.Equal(rate, parameters.LearningRate, 1e-14);
        Assert.Equal(parameters with { LearningRate = 0 }, new HyperParameters(0, 10, 0.9, 5e-4));
    }

    [Fact]
    public void WarmupCosine_NoWarmup_StartsAtThePeak() =>
        Assert.Equal(0.5, TrainingPlan.WarmupCosine(0.5, 1000, 10, 0.9, 0, warmupFraction: 0).At(0).LearningRate);

    [Fact]
    public void WarmupCosine_AnySample_NeverAboveThePeak()
    {
        for (var samples = 0; samples <= 1000; samples++)
        {
            Assert.InRange(Plan.At(samples).LearningRate, 0, 0.5);
        }
    }

    [Theory]
    [InlineData(0, 1000, 10, 0.9, 0, 0.1, "peakRate")]
    [InlineData(double.NaN, 1000, 10, 0.9, 0, 0.1, "peakRate")]
    [InlineData(double.PositiveInfinity, 1000, 10, 0.9, 0, 0.1, "peakRate")]
    [InlineData(0.1, 0, 10, 0.9, 0, 0.1, "samples")]
    [InlineData(0.1, 1000, 0, 0.9, 0, 0.1, "BatchSize")]
    [InlineData(0.1, 1000, 10, 1, 0, 0.1, "momentum")]
    [InlineData(0.1, 1000, 10, -0.1, 0, 0.1, "momentum")]
    [InlineData(0.1, 1000, 10, double.NaN, 0, 0.1, "momentum")]
    [InlineData(0.1, 1000, 10, 0.9, -1, 0.1, "weightDecay")]
    [InlineData(0.1, 1000, 10, 0.9, 0, 1, "warmupFraction")]
    [InlineData(0.1, 1000, 10, 0.9, 0, -0.1, "warmupFraction")]
    public void WarmupCosine_OutOfRange_NamesIt(
        double rate, long samples, long batch, double momentum, double decay, double warmup, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => TrainingPlan.WarmupCosine(rate, samples, batch, momentum, decay, warmup));

    [Fact]
    public void With_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("BatchSize", () => Plan with { BatchSize = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Samples", () => Plan with { Samples = -1 });
    }

    [Fact]
    public void Equals_SameSchedules_Equal()
    {
        Assert.Equal(Plan, TrainingPlan.WarmupCosine(0.5, 1000, 10, 0.9, 5e-4, 0.2));
        Assert.NotEqual(Plan, Plan with { Momentum = new Constant(0.8) });
    }
}
