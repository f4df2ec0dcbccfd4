using Rubato.Rewrites;
using Rubato.Tests.Plans;

namespace Rubato.Tests.Rewrites;

public sealed class NoiseScaleTests
{
    // 1000 / 10 = 100; without the samples themselves 99.
    [Theory]
    [InlineData(0.5, 0, 10, NoiseForm.SmallBatch, 50)]
    [InlineData(0.5, 0, 10, NoiseForm.Exact, 49.5)]
    [InlineData(0.5, 0.75, 10, NoiseForm.SmallBatch, 200)]
    [InlineData(0.5, 0.75, 10, NoiseForm.Exact, 198)]
    [InlineData(0.5, 0, 1000, NoiseForm.SmallBatch, 0.5)]
    [InlineData(0.5, 0, 1000, NoiseForm.Exact, 0)]
    [InlineData(0, 0, 10, NoiseForm.Exact, 0)]
    public void Of_Update_AsInTheHead(double rate, double momentum, long size, NoiseForm form, double expected) =>
        Assert.Equal(expected, NoiseScale.Of(new HyperParameters(rate, size, momentum, 1), 1000, form));

    // The four plans of Smith et al. 2018, Figure 5, begin with the same noise scale, 390.6.
    [Theory]
    [InlineData(0.1, 0.9, 128)]
    [InlineData(0.5, 0.9, 640)]
    [InlineData(0.5, 0.98, 3200)]
    public void Of_PlansOfThePaper_AllTheSame(double rate, double momentum, long size) =>
        Assert.Equal(390.625, NoiseScale.Of(new HyperParameters(rate, size, momentum, 0), 50_000, NoiseForm.SmallBatch), 1e-9);

    [Fact]
    public void Of_OutOfRange_Refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseScale.Of(new HyperParameters(-1, 1, 0, 0), 10, NoiseForm.Exact));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseScale.Of(new HyperParameters(1, 0, 0, 0), 10, NoiseForm.Exact));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseScale.Of(new HyperParameters(1, 1, 1, 0), 10, NoiseForm.Exact));
        Assert.Throws<ArgumentOutOfRangeException>("trainingSamples", () => NoiseScale.Of(new HyperParameters(1, 1, 0, 0), 0, NoiseForm.Exact));
        Assert.Throws<ArgumentOutOfRangeException>("form", () => NoiseScale.Of(new HyperParameters(1, 1, 0, 0), 10, (NoiseForm)2));
    }

    [Fact]
    public void At_Plan_RateBatchAndMomentumThere()
    {
        var plan = RewriteExamples.Plan("multi-step(1, gamma 0.5, at 400sp)", "table(0sp: 10, 600sp: 19.6)", "table(0sp: 0, 500sp: 0.5)");

        Assert.Equal([100, 50, 100, 50], new double[] { 0, 450, 550, 700 }.Select(position => NoiseScale.At(plan, position, NoiseForm.SmallBatch)));
    }

    [Fact]
    public void At_TrainingSetUnknown_OneSentence()
    {
        var plan = new TrainingPlan(Examples.Small with { SamplesPerEpoch = null, Length = Duration.Samples(100) });

        var exception = Assert.Throws<InvalidInputException>(() => NoiseScale.At(plan, 0, NoiseForm.SmallBatch));

        Assert.Equal("SamplesPerEpoch is missing, but the noise scale depends on it; give it.", exception.Message);
    }
}
