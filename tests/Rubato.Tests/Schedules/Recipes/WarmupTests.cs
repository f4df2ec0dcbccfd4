using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class WarmupTests
{
    private static readonly Step Steps = new(8, 0.5, Duration.Epochs(10));

    [Fact]
    public void At_BeforeSteps_RisesThenBegins() =>
        Expect.Values(
            new Warmup(Steps, Duration.Epochs(4)), (0, 0), (1, 2), (2, 4), (Expect.Before(4), 8), (4, 8), (Expect.Before(14), 8), (14, 4), (24, 2));

    [Fact]
    public void At_FromAQuarter_Table() => Expect.Values(new Warmup(Steps, Duration.Epochs(3), 0.25), (0, 2), (1, 4), (2, 6), (3, 8), (13, 4));

    [Fact]
    public void At_LengthZero_TheScheduleItself() => Expect.Values(new Warmup(Steps, Duration.Epochs(0)), (0, 8), (10, 4));

    [Fact]
    public void At_BeforeTheRestOfABudget_EndsWithIt() =>
        Expect.Values(new Warmup(new Linear(8, 0), Duration.Share(0.25)).Over(Duration.Epochs(16)), (0, 0), (2, 4), (4, 8), (10, 4), (16, 0));

    [Fact]
    public void Resolve_AsLongAsTheBudget_Finding() =>
        Expect.Finding(
            "its warm-up of 16ep leaves nothing of 16ep; shorten it.",
            () => new Warmup(new Linear(8, 0), Duration.Epochs(16)).Over(Duration.Epochs(16)));

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("length", "length must be a duration, such as 1ep.", () => new Warmup(Steps, Duration.Rest));
        Expect.Refusal("from", "from must be a finite number of at least 0.", () => new Warmup(Steps, Duration.Epochs(1), -1));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(
            () => new Warmup(Steps, Duration.Epochs(1)), new Warmup(1, Duration.Epochs(1)), new Warmup(Steps, Duration.Epochs(2)), new Warmup(Steps, Duration.Epochs(1), 0.1));
}
