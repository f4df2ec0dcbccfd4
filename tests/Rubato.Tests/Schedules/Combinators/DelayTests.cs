using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class DelayTests
{
    private static readonly Linear Line = new(4, 0, Duration.Epochs(4));

    [Fact]
    public void At_TwoEpochsLate_FirstValueHeld()
    {
        Expect.Values(Line.Delay(Duration.Epochs(2)), (0, 4), (1, 4), (2, 4), (3, 3), (Expect.Before(6), 0), (6, 0), (7, 0));
        Assert.Equal(6, Line.Delay(Duration.Epochs(2)).End);
    }

    [Fact]
    public void At_ByZero_Unchanged() => Expect.Values(Line.Delay(Duration.Epochs(0)), (0, 4), (1, 3), (4, 0));

    [Fact]
    public void At_RestDelayed_FillsWhatIsLeft() =>
        Expect.Values(new Linear(4, 0).Delay(Duration.Share(0.5)).Over(Duration.Epochs(8)), (0, 4), (4, 4), (5, 3), (8, 0));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 5)]
    [InlineData(5, 7)]
    public void HoldsUntil_StepsDelayed_FirstStepAfter(double position, double until) =>
        Assert.Equal(until, new Step(1, 0.5, Duration.Epochs(2)).Delay(Duration.Epochs(3)).HoldsUntil(position));

    [Fact]
    public void Resolve_DelayAsLongAsTheBudget_Finding()
    {
        Expect.Finding(
            "'linear(4 -> 0)' takes the rest, but its delay of 8ep leaves nothing of 8ep; shorten it.",
            () => new Linear(4, 0).Delay(Duration.Epochs(8)).Over(Duration.Epochs(8)));
        Expect.Finding(
            "'linear(4 -> 0)' takes the rest, but its delay of 1dur leaves nothing of 1dur; shorten it.",
            () => new Linear(4, 0).Delay(Duration.Share(1)).Over(Duration.Epochs(8)));
    }

    [Fact]
    public void Constructor_ByTheRest_Refused() =>
        Expect.Refusal("by", "by must be a duration, such as 1ep.", () => new Delay(Line, Duration.Rest));

    [Fact]
    public void Equals_OtherDelay_Differs() =>
        Expect.Equality(() => Line.Delay(Duration.Epochs(2)), Line.Delay(Duration.Epochs(3)), Line, Line.Skip(Duration.Epochs(2)));
}
