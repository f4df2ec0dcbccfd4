using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class WarmRestartsTests
{
    [Fact]
    public void At_EqualCycles_RestartsAtTheMaximum() =>
        Expect.Values(new WarmRestarts(8, 2, Duration.Epochs(10)), (0, 8), (5, 5), (Expect.Before(10), 2), (10, 8), (15, 5), (20, 8), (1e12 + 5, 5));

    [Fact]
    public void At_Doubling_CyclesOf10And20And40() =>
        Expect.Values(
            new WarmRestarts(8, 2, Duration.Epochs(10), 2), (5, 5), (10, 8), (20, 5), (Expect.Before(30), 2), (30, 8), (50, 5), (70, 8));

    [Fact]
    public void At_TwoCycles_EndsAtTheMinimum() =>
        Expect.Values(new WarmRestarts(8, 2, Duration.Epochs(10), 2, 2), (10, 8), (20, 5), (30, 2), (31, 2));

    [Fact]
    public void At_CyclesOfABudget_ShareIt() =>
        Expect.Values(new WarmRestarts(8, 2, Duration.Rest, 2, 2).Over(Duration.Epochs(30)), (5, 5), (10, 8), (20, 5), (30, 2));

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("maxLr", "maxLr must be a finite number.", () => new WarmRestarts(double.NaN, 0, Duration.Epochs(1)));
        Expect.Refusal("minLr", "minLr must be a finite number.", () => new WarmRestarts(1, double.NaN, Duration.Epochs(1)));
        Expect.Refusal("first", "first must be a duration above 0, such as 1ep.", () => new WarmRestarts(1, 0, Duration.Epochs(0)));
        Expect.Refusal(
            "first", "first must be a duration, such as 10ep, unless a number of cycles shares the budget.", () => new WarmRestarts(1, 0, Duration.Rest));
        Expect.Refusal("mult", "mult must be at least 1 and at most 1e100.", () => new WarmRestarts(1, 0, Duration.Epochs(1), 0.5));
        Expect.Refusal("cycles", "cycles must be at least 1.", () => new WarmRestarts(1, 0, Duration.Epochs(1), cycles: 0));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new WarmRestarts(1, 0, Duration.Epochs(1)),
            new WarmRestarts(2, 0, Duration.Epochs(1)),
            new WarmRestarts(1, 0.1, Duration.Epochs(1)),
            new WarmRestarts(1, 0, Duration.Epochs(2)),
            new WarmRestarts(1, 0, Duration.Epochs(1), 2),
            new WarmRestarts(1, 0, Duration.Epochs(1), cycles: 2));
}
