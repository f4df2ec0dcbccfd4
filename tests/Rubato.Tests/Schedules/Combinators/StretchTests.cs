using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class StretchTests
{
    private static readonly Linear Line = new(4, 0, Duration.Epochs(4));

    [Fact]
    public void At_TwiceAsLong_Table()
    {
        Expect.Values(Line.Stretch(2), (0, 4), (1, 3.5), (2, 3), (Expect.Before(8), 0), (8, 0), (9, 0));
        Assert.Equal(8, Line.Stretch(2).End);
    }

    [Fact]
    public void At_HalfAsLong_Table() => Expect.Values(Line.Stretch(0.5), (0, 4), (1, 2), (2, 0), (3, 0));

    [Fact]
    public void HoldsUntil_StretchedSteps_NextStep() => Assert.Equal(6, new Step(1, 0.5, Duration.Epochs(2)).Stretch(3).HoldsUntil(1));

    [Fact]
    public void At_RestStretched_StillFillsTheBudget() =>
        Expect.Values(new Linear(4, 0).Stretch(2).Over(Duration.Epochs(8)), (0, 4), (2, 3), (4, 2), (8, 0));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_OutOfRange_Refused(double factor) =>
        Expect.Refusal("factor", "factor must be a finite number above 0.", () => new Stretch(Line, factor));

    [Fact]
    public void Equals_OtherFactor_Differs() => Expect.Equality(() => Line.Stretch(2), Line.Stretch(3), Line, Line.Scale(2));
}
