using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class ExpRangeTests
{
    // gamma^(t / every) is halved every 4 batches.
    [Fact]
    public void At_BothDecay_BoundariesHalved() =>
        Expect.Values(
            new ExpRange(1, 9, Duration.Batches(4), 0.5, Duration.Batches(4)), (0, 1), (4, 4.5), (8, 0.25), (12, 9 / 8.0), (16, 1 / 16.0));

    [Fact]
    public void At_AmplitudeDecays_BaseStays() =>
        Expect.Values(
            new ExpRange(1, 9, Duration.Batches(4), 0.5, Duration.Batches(4), Decaying.Amplitude), (0, 1), (4, 5), (8, 1), (12, 2), (16, 1), (20, 1.25));

    [Fact]
    public void At_TwoCycles_LastValueStays()
    {
        var both = new ExpRange(1, 9, Duration.Batches(4), 0.5, Duration.Batches(4), cycles: 2);
        Expect.Values(both, (12, 9 / 8.0), (16, 1 / 16.0), (17, 1 / 16.0), (100, 1 / 16.0));
        Assert.Equal(16, both.End);
        Expect.Values(
            new ExpRange(1, 9, Duration.Batches(4), 0.5, Duration.Batches(4), Decaying.Amplitude, Duration.Batches(2), 2), (6, 1), (10, 1 + (8 * Math.Pow(0.5, 2.5))), (12, 1), (13, 1));
    }

    // "After 42,000 iterations with gamma 0.99994": the base over which the paper's reading swings has fallen to 0.08 of itself.
    [Fact]
    public void At_ThePapersNumbers_ReadingsDifferThreefold()
    {
        var both = new ExpRange(0.001, 0.006, Duration.Batches(2000), 0.99994);
        var amplitude = new ExpRange(0.001, 0.006, Duration.Batches(2000), 0.99994, decays: Decaying.Amplitude);
        Assert.Equal(0.006 * Math.Pow(0.99994, 42_000), both.At(42_000), 1e-12);
        Assert.Equal((4.8e-4, 1.4e-3), (Math.Round(both.At(42_000), 5), Math.Round(amplitude.At(42_000), 4)));
        Assert.InRange(amplitude.At(42_000) / both.At(42_000), 2.8, 3.1);
    }

    [Fact]
    public void Every_LeftOut_OneBatch()
    {
        Assert.Equal(Duration.Batches(1), new ExpRange(0, 1, Duration.Batches(4), 0.5).Every);
        Assert.Equal(new ExpRange(0, 1, Duration.Batches(4), 0.5, Duration.Batches(1)), new ExpRange(0, 1, Duration.Batches(4), 0.5));
    }

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("baseLr", "baseLr must be a finite number.", () => new ExpRange(double.NaN, 1, Duration.Epochs(1), 0.5));
        Expect.Refusal("maxLr", "maxLr must be a finite number.", () => new ExpRange(0, double.NaN, Duration.Epochs(1), 0.5));
        Expect.Refusal("cycles", "cycles must be at least 1.", () => new ExpRange(0, 1, Duration.Epochs(1), 0.5, cycles: 0));
        Expect.Refusal("stepSize", "stepSize must be a duration above 0, such as 1ep.", () => new ExpRange(0, 1, Duration.Rest, 0.5));
        Expect.Refusal("gamma", "gamma must be a finite number above 0.", () => new ExpRange(0, 1, Duration.Epochs(1), 0));
        Expect.Refusal("decays", "decays must be Both or Amplitude.", () => new ExpRange(0, 1, Duration.Epochs(1), 0.5, decays: (Decaying)2));
        Expect.Refusal(
            "stepSizeDown",
            "The way up is 1ep and the way down 5ba; with a number of cycles both must have one unit.",
            () => new ExpRange(0, 1, Duration.Epochs(1), 0.5, stepSizeDown: Duration.Batches(5), cycles: 2));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new ExpRange(0, 1, Duration.Batches(4), 0.5),
            new ExpRange(0.1, 1, Duration.Batches(4), 0.5),
            new ExpRange(0, 2, Duration.Batches(4), 0.5),
            new ExpRange(0, 1, Duration.Batches(5), 0.5),
            new ExpRange(0, 1, Duration.Batches(4), 0.6),
            new ExpRange(0, 1, Duration.Batches(4), 0.5, Duration.Batches(2)),
            new ExpRange(0, 1, Duration.Batches(4), 0.5, decays: Decaying.Amplitude),
            new ExpRange(0, 1, Duration.Batches(4), 0.5, cycles: 2));
}
