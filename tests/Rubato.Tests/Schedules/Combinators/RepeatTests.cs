using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed partial class RepeatTests
{
    private static readonly Linear Line = new(4, 0, Duration.Epochs(4));

    [Fact]
    public void At_ForEver_EachCycleAnew()
    {
        Expect.Values(Line.Repeat(), (0, 4), (3, 1), (Expect.Before(4), 0), (4, 4), (5, 3), (8, 4), (4e12, 4), (4e12 + 1, 3));
        Assert.Equal(double.PositiveInfinity, Line.Repeat().End);
    }

    [Fact]
    public void At_ThreeTimes_LastValueStays()
    {
        Expect.Values(Line.Repeat(3), (0, 4), (8, 4), (11, 1), (Expect.Before(12), 0), (12, 0), (13, 0), (1e12, 0));
        Assert.Equal(12, Line.Repeat(3).End);
    }

    [Fact]
    public void At_Lengthened_CyclesOf4And8And16()
    {
        var schedule = new Repeat(Line, lengthen: 2);
        Expect.Values(schedule, (0, 4), (Expect.Before(4), 0), (4, 4), (6, 3), (8, 2), (Expect.Before(12), 0), (12, 4), (16, 3), (20, 2), (28, 4));
        Expect.Values(new Repeat(Line, 2, lengthen: 2), (4, 4), (8, 2), (12, 0), (13, 0));
        Assert.Equal(12, new Repeat(Line, 2, lengthen: 2).End);
    }

    [Fact]
    public void At_LengthenedAtEveryBoundary_StartsAnewExactly()
    {
        foreach (var lengthen in (double[])[1.5, 2, 3, 10])
        {
            var schedule = new Repeat(Line, lengthen: lengthen);
            for (var cycle = 1; cycle < 15; cycle++)
            {
                var start = 4 * ((Math.Pow(lengthen, cycle) - 1) / (lengthen - 1));
                Assert.Equal(4, schedule.At(start));
                Assert.Equal(0, schedule.At(Expect.Before(start)), 1e-9);
            }
        }
    }

    [Fact]
    public void At_Amplified_CyclesHalfAsLarge() =>
        Expect.Values(new Repeat(Line, 3, amplify: 0.5), (0, 4), (2, 2), (4, 2), (6, 1), (8, 1), (10, 0.5), (12, 0));

    [Fact]
    public void At_CycleOfAnOddLength_NeverBeforeItsStart()
    {
        var schedule = new SquareRoot(1, 0, Duration.Samples(13.992699118676759)).Repeat();
        for (var cycle = 1; cycle < 1000; cycle++)
        {
            var before = Expect.Before(cycle * 13.992699118676759);
            double[] filled = [0];
            schedule.Fill(before, 0, filled);
            Assert.Equal(0, filled[0], 1e-6);
            Assert.Equal(filled[0], schedule.At(before));
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 6)]
    [InlineData(7, 8)]
    [InlineData(8, double.PositiveInfinity)]
    public void HoldsUntil_StepsRepeated_NextStep(double position, double until) =>
        Assert.Equal(until, new Step(1, 0.5, Duration.Epochs(2), Duration.Epochs(4)).Repeat(2).HoldsUntil(position));

    [Fact]
    public void At_BodyTakesTheRest_SharedByTheCycles()
    {
        Expect.Values(
            Line.Then(new Linear(6, 0).Repeat(3)).Over(Duration.Epochs(22)),
            (3, 1), (4, 6), (7, 3), (Expect.Before(10), 0), (10, 6), (16, 6), (22, 0), (23, 0));
        Expect.Values(
            new Repeat(new Linear(6, 0), 3, lengthen: 2).Over(Duration.Epochs(14)), (0, 6), (1, 3), (2, 6), (4, 3), (6, 6), (10, 3), (14, 0));
    }

    [Fact]
    public void At_BodyNeverChanges_SharesTheBudgetToo() =>
        Expect.Values(new Repeat(4, 2, amplify: 0.5).Over(Duration.Epochs(10)), (0, 4), (Expect.Before(5), 4), (5, 2), (10, 2));

    [Fact]
    public void At_BodyOfRestTimesEndless_LastsItsShare() =>
        Expect.Values(
            (new Linear(1, 0) * new Step(8, 0.5, Duration.Epochs(1))).Repeat(2).Over(Duration.Epochs(4)),
            (0, 8), (1, 2), (Expect.Before(2), 0), (2, 8), (3, 2), (4, 0));

    [Fact]
    public void Resolve_NothingLeft_Finding() =>
        Expect.Finding(
            "the budget leaves no time for its cycles; shorten the other parts.",
            () => Line.Then(new Cosine(1, 0).Repeat(3)).Over(Duration.Epochs(4)));

    [Fact]
    public void Constructor_BodyThatCannotBeRepeated_Refused()
    {
        Expect.Refusal(
            "body",
            "'exp(1, gamma 0.5, every 1ep)' never ends, so it cannot be repeated; give it a length, such as 10ep.",
            () => new Repeat(new Exp(1, 0.5, Duration.Epochs(1)), 3));
        Expect.Refusal(
            "body",
            "'linear(0 -> 1, 0ep)' takes no time, so it cannot be repeated; give it a length, such as 10ep.",
            () => new Repeat(new Linear(0, 1, Duration.Epochs(0))));
        Expect.Refusal(
            "body",
            "'cosine(1 -> 0)' takes the rest of the budget, so it cannot be repeated for ever; give it a length, such as 10ep, or a count.",
            () => new Repeat(new Cosine(1, 0)));
    }

    [Fact]
    public void Constructor_OutOfRange_Refused()
    {
        Expect.Refusal("count", "count must be at least 1.", () => new Repeat(Line, 0));
        Expect.Refusal("lengthen", "lengthen must be at least 1 and at most 1e100.", () => new Repeat(Line, lengthen: 0.99));
        Expect.Refusal("lengthen", "lengthen must be at least 1 and at most 1e100.", () => new Repeat(Line, lengthen: double.PositiveInfinity));
        Expect.Refusal("amplify", "amplify must be a finite number above 0.", () => new Repeat(Line, amplify: 0));
    }

    [Fact]
    public void Equals_OtherNumbers_Differs() =>
        Expect.Equality(() => new Repeat(Line, 2, 3, 4), new Repeat(Line, 3, 3, 4), new Repeat(Line, 2, 2, 4), new Repeat(Line, 2, 3, 3), new Repeat(Line));
}
