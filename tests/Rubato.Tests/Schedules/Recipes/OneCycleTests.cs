using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class OneCycleTests
{
    [Fact]
    public void At_TwoPhasesOfCosines_Table() =>
        Expect.Values(
            new OneCycle(10, 0.25, 10, 4, length: Duration.Batches(16)),
            (0, 1), (2, 5.5), (4, 10), (10, 5.125), (Expect.Before(16), 0.25), (16, 0.25), (17, 0.25));

    [Fact]
    public void At_ThreePhasesOfLines_Table() =>
        Expect.Values(
            new OneCycle(10, 0.25, 10, 4, 3, Anneal.Linear, Duration.Batches(16)),
            (0, 1), (1, 3.25), (2, 5.5), (4, 10), (6, 5.5), (8, 1), (12, 0.625), (16, 0.25), (17, 0.25));

    [Fact]
    public void At_Defaults_ThoseOfFastai() =>
        Expect.Values(new OneCycle(0.1, length: Duration.Batches(100)), (0, 0.004), (15, 0.052), (30, 0.1), (65, 0.0500002), (100, 4e-7));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 1)]
    public void At_NoTimeToRiseOrToFall_StartsOrEndsAtThePeak(double pct, double first)
    {
        var schedule = new OneCycle(10, pct, 10, 4, anneal: Anneal.Linear, length: Duration.Batches(16));
        Assert.Equal(first, schedule.At(0), 1e-12);
        Assert.Equal(pct == 0 ? 5.125 : 5.5, schedule.At(8), 1e-12);
        Assert.Equal(0.25, schedule.At(16), 1e-12);
    }

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("maxLr", "maxLr must be a finite number above 0.", () => new OneCycle(0));
        Expect.Refusal("pctStart", "pctStart must be at least 0 and at most 1.", () => new OneCycle(1, 1.1));
        Expect.Refusal("pctStart", "pctStart must be at least 0 and at most 1.", () => new OneCycle(1, double.NaN));
        Expect.Refusal("pctStart", "pctStart must be at least 0 and at most 0.5 with three phases.", () => new OneCycle(1, 0.6, phases: 3));
        Expect.Refusal("divFactor", "divFactor must be a finite number above 0.", () => new OneCycle(1, divFactor: 0));
        Expect.Refusal("finalDivFactor", "finalDivFactor must be a finite number above 0.", () => new OneCycle(1, finalDivFactor: -1));
        Expect.Refusal("phases", "phases must be 2 or 3.", () => new OneCycle(1, phases: 4));
        Expect.Refusal("anneal", "anneal must be Cosine or Linear.", () => new OneCycle(1, anneal: (Anneal)2));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new OneCycle(1),
            new OneCycle(2),
            new OneCycle(1, 0.4),
            new OneCycle(1, divFactor: 10),
            new OneCycle(1, finalDivFactor: 10),
            new OneCycle(1, phases: 3),
            new OneCycle(1, anneal: Anneal.Linear),
            new OneCycle(1, length: Duration.Epochs(1)));
}
