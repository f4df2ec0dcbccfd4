using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class SkipTests
{
    private static readonly Linear Line = new(4, 0, Duration.Epochs(4));

    [Fact]
    public void At_FirstEpochLeftOut_FromItsMiddle()
    {
        Expect.Values(Line.Skip(Duration.Epochs(1)), (0, 3), (1, 2), (Expect.Before(3), 0), (3, 0), (4, 0));
        Assert.Equal(3, Line.Skip(Duration.Epochs(1)).End);
    }

    [Fact]
    public void At_AllLeftOut_LastValue()
    {
        Expect.Values(Line.Skip(Duration.Epochs(4)), (0, 0), (1, 0));
        Expect.Values(Line.Skip(Duration.Epochs(9)), (0, 0), (1, 0));
        Assert.Equal(0, Line.Skip(Duration.Epochs(9)).End);
    }

    [Fact]
    public void At_RestSkipped_IsLongerByWhatIsLeftOut() =>
        Expect.Values(new Linear(10, 0).Skip(Duration.Epochs(2)).Over(Duration.Epochs(8)), (0, 8), (3, 5), (8, 0));

    [Fact]
    public void HoldsUntil_StepsSkipped_NextStep() => Assert.Equal(1, new Step(1, 0.5, Duration.Epochs(2)).Skip(Duration.Epochs(3)).HoldsUntil(0));

    [Fact]
    public void Constructor_ByTheRest_Refused() =>
        Expect.Refusal("by", "by must be a duration, such as 1ep.", () => new Skip(Line, Duration.Rest));

    [Fact]
    public void Equals_OtherSkip_Differs() =>
        Expect.Equality(() => Line.Skip(Duration.Epochs(2)), Line.Skip(Duration.Epochs(3)), Line, Line.Delay(Duration.Epochs(2)));
}
