using Rubato.Rewrites;
using Rubato.Runs.Plans;
using Rubato.Runs.Tests.Charts;

namespace Rubato.Runs.Tests.Plans;

public sealed class PlanNoiseTests
{
    [Theory]
    [InlineData(10, NoiseForm.SmallBatch, 2)]
    [InlineData(10, NoiseForm.Exact, 1.8)]
    [InlineData(100, NoiseForm.SmallBatch, 0.2)]
    [InlineData(100, NoiseForm.Exact, 0)]
    [InlineData(200, NoiseForm.Exact, 0)]
    public void Of_Update_TheFormulaAndNeverBelowZero(long size, NoiseForm form, double noise) =>
        Assert.Equal(noise, PlanNoise.Of(SamplePlans.Hundred(1).Built(), new HyperParameters(0.1, size, 0.5, 0), form), 12);

    [Fact]
    public void Of_DataSizeUnknown_OneSentence() => Assert.Equal(
        "SamplesPerEpoch is missing, but the noise scale depends on it; give it.",
        Assert.Throws<InvalidInputException>(() => PlanNoise.Of(
            (SamplePlans.Hundred(1) with { SamplesPerEpoch = null, Length = Duration.Batches(7) }).Built(),
            new HyperParameters(0.1, 1, 0, 0),
            NoiseForm.Exact)).Message);
}
