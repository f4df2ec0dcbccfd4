using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class TriangularTests
{
    [Fact]
    public void At_ForEver_UpAndDown() =>
        Expect.Values(new Triangular(1, 5, Duration.Batches(4)), (0, 1), (1, 2), (4, 5), (5, 4), (Expect.Before(8), 1), (8, 1), (12, 5), (8e12 + 4, 5));

    [Fact]
    public void At_LongerWayDown_Table() =>
        Expect.Values(new Triangular(1, 5, Duration.Batches(2), Duration.Batches(4)), (0, 1), (1, 3), (2, 5), (3, 4), (6, 1), (8, 5));

    [Fact]
    public void At_TwoCycles_EndsAtTheBase()
    {
        var schedule = new Triangular(1, 5, Duration.Batches(4), cycles: 2);
        Expect.Values(schedule, (4, 5), (8, 1), (12, 5), (15, 2), (16, 1), (17, 1), (20, 1));
        Assert.Equal(16, schedule.End);
    }

    [Fact]
    public void At_MomentumAgainstTheRate_DownAndUp() =>
        Expect.Values(new Triangular(0.95, 0.85, Duration.Batches(4)), (0, 0.95), (2, 0.9), (4, 0.85), (6, 0.9), (8, 0.95));

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("baseLr", "baseLr must be a finite number.", () => new Triangular(double.NaN, 1, Duration.Epochs(1)));
        Expect.Refusal("stepSize", "stepSize must be a duration above 0, such as 1ep.", () => new Triangular(0, 1, Duration.Epochs(0)));
        Expect.Refusal("stepSize", "stepSize must be a duration above 0, such as 1ep.", () => new Triangular(0, 1, Duration.Rest));
        Expect.Refusal("maxLr", "maxLr must be a finite number.", () => new Triangular(0, double.PositiveInfinity, Duration.Epochs(1)));
        Expect.Refusal("stepSizeDown", "stepSizeDown must be a duration above 0, such as 1ep.", () => new Triangular(0, 1, Duration.Epochs(1), Duration.Epochs(0)));
        Expect.Refusal("cycles", "cycles must be at least 1.", () => new Triangular(0, 1, Duration.Epochs(1), cycles: 0));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Triangular(0, 1, Duration.Epochs(1)),
            new Triangular(0.1, 1, Duration.Epochs(1)),
            new Triangular(0, 2, Duration.Epochs(1)),
            new Triangular(0, 1, Duration.Epochs(2)),
            new Triangular(0, 1, Duration.Epochs(1), Duration.Epochs(2)),
            new Triangular(0, 1, Duration.Epochs(1), cycles: 3),
            new Triangular2(0, 1, Duration.Epochs(1)));
}
