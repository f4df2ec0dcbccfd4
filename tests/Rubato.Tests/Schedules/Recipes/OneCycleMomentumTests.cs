using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class OneCycleMomentumTests
{
    [Fact]
    public void At_TwoPhases_LowestWhereTheRateIsHighest() =>
        Expect.Values(
            new OneCycleMomentum(0.5, 0.75, 0.25, anneal: Anneal.Linear, length: Duration.Batches(16)),
            (0, 0.75), (2, 0.625), (4, 0.5), (10, 0.625), (16, 0.75), (17, 0.75));

    [Fact]
    public void At_ThreePhases_HighInTheThird() =>
        Expect.Values(
            new OneCycleMomentum(0.5, 0.75, 0.25, 3, length: Duration.Batches(16)),
            (0, 0.75), (2, 0.625), (4, 0.5), (6, 0.625), (8, 0.75), (12, 0.75), (16, 0.75));

    [Fact]
    public void At_Defaults_095And085() =>
        Expect.Values(new OneCycleMomentum(length: Duration.Batches(100)), (0, 0.95), (30, 0.85), (65, 0.9), (100, 0.95));

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("baseMomentum", "baseMomentum must be at least 0 and below 1.", () => new OneCycleMomentum(-0.1));
        Expect.Refusal("maxMomentum", "maxMomentum must be at least 0 and below 1.", () => new OneCycleMomentum(maxMomentum: 1));
        Expect.Refusal("pctStart", "pctStart must be at least 0 and at most 0.5 with three phases.", () => new OneCycleMomentum(pctStart: 0.51, phases: 3));
        Expect.Refusal("phases", "phases must be 2 or 3.", () => new OneCycleMomentum(phases: 1));
        Expect.Refusal("anneal", "anneal must be Cosine or Linear.", () => new OneCycleMomentum(anneal: (Anneal)2));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new OneCycleMomentum(),
            new OneCycleMomentum(0.8),
            new OneCycleMomentum(maxMomentum: 0.99),
            new OneCycleMomentum(pctStart: 0.4),
            new OneCycleMomentum(phases: 3),
            new OneCycleMomentum(anneal: Anneal.Linear),
            new OneCycleMomentum(length: Duration.Epochs(1)));
}
