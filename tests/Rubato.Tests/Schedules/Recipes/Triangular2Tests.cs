using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class Triangular2Tests
{
    [Fact]
    public void At_ForEver_HalfTheAmplitudeEachCycle() =>
        Expect.Values(
            new Triangular2(1, 9, Duration.Batches(4)),
            (0, 1), (1, 3), (4, 9), (6, 5), (Expect.Before(8), 1), (8, 1), (12, 5), (16, 1), (20, 3), (24, 1), (28, 2), (36, 1.5));

    [Fact]
    public void At_TwoCycles_EndsAtTheBase()
    {
        var schedule = new Triangular2(1, 9, Duration.Batches(4), Duration.Batches(2), 2);
        Expect.Values(schedule, (4, 9), (5, 5), (6, 1), (10, 5), (11, 3), (12, 1), (13, 1), (16, 1));
        Assert.Equal(12, schedule.End);
    }

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("baseLr", "baseLr must be a finite number.", () => new Triangular2(double.NaN, 1, Duration.Epochs(1)));
        Expect.Refusal("maxLr", "maxLr must be a finite number.", () => new Triangular2(0, double.NaN, Duration.Epochs(1)));
        Expect.Refusal("stepSize", "stepSize must be a duration above 0, such as 1ep.", () => new Triangular2(0, 1, Duration.Epochs(0)));
        Expect.Refusal("stepSizeDown", "stepSizeDown must be a duration above 0, such as 1ep.", () => new Triangular2(0, 1, Duration.Epochs(1), Duration.Epochs(0)));
        Expect.Refusal("cycles", "cycles must be at least 1.", () => new Triangular2(0, 1, Duration.Epochs(1), cycles: -1));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Triangular2(0, 1, Duration.Epochs(1)),
            new Triangular2(0.1, 1, Duration.Epochs(1)),
            new Triangular2(0, 2, Duration.Epochs(1)),
            new Triangular2(0, 1, Duration.Epochs(2)),
            new Triangular2(0, 1, Duration.Epochs(1), Duration.Epochs(2)),
            new Triangular2(0, 1, Duration.Epochs(1), cycles: 3));
}
