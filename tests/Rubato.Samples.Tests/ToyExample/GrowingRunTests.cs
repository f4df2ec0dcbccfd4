using Rubato.Rewrites;
using Samples.ToyExample;

namespace Rubato.Samples.Tests.ToyExample;

public sealed class GrowingRunTests
{
    // ln lr~ of the last update is 892, beyond e^709, where float64 ends.
    private static readonly ToySettings Settings = new() { Features = 5, BatchSize = 32, WeightDecay = 0.2, Updates = 2000 };

    private static readonly double[] Start = [0.1, 0.5, -0.3, 0.2, 0.4];

    [Fact]
    public void Update_RateBeyondFloat64_HasTheDirectionsOfWeightDecay() => Assert.InRange(LargestDifference(decaysInRewrite: true), 1e-17, 1e-9);

    [Fact]
    public void Update_RateThatDoesNotGrow_IsAnotherRun() => Assert.True(LargestDifference(decaysInRewrite: false) > 0.1);

    private static double LargestDifference(bool decaysInRewrite)
    {
        var layer = new LastLayer(isNormalized: true, Settings.BatchSize);
        var plain = new PlainRun(Settings.Plan(decays: true), layer, Start);
        var growing = new GrowingRun(Settings.Plan(decaysInRewrite).ToExponential(), layer, Start);
        var batch = new ToyBatch(Settings.BatchSize, Settings.Features);
        var largest = 0.0;
        for (var update = 0; update < Settings.Updates; update++)
        {
            batch.Draw(seed: 0, update);
            plain.Update(batch, (long)update * batch.Size);
            growing.Update(batch, (long)update * batch.Size);
            largest = Math.Max(largest, Directions.Distance(plain.Weights, growing.Weights));
        }

        return largest;
    }
}
