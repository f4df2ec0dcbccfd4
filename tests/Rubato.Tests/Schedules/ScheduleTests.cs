using Rubato.Schedules;
using Rubato.Schedules.Combinators;
using Rubato.Schedules.Curves;

namespace Rubato.Tests.Schedules;

/// <summary>What every schedule keeps to. A new kind joins by a row in <see cref="All"/>.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<Schedule> All =>
    [
        new Constant(0.5),
        new Linear(1, 0.25, 100),
        new Linear(0, 1, 0),
        new Cosine(1, 0, 100),
        new Cosine(2, 1, 0),
        new Then(new Linear(0, 1, 10), new Cosine(1, 0, 90)),
        new Linear(0, 1, 10).Then(new Constant(1)).Then(new Linear(1, 0, 5)),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void At_NoPosition_Refused(Schedule schedule) =>
        Assert.All(
            (double[])[-1, -double.Epsilon, double.NaN, double.PositiveInfinity],
            position => Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(position)));

    [Theory]
    [MemberData(nameof(All))]
    public void At_BeyondTheLength_LastValue(Schedule schedule)
    {
        Assert.True(schedule.Length >= 0);
        var last = schedule.At(schedule.Length);
        Assert.All((double[])[1, 10, 1e6, double.MaxValue], more => Assert.Equal(last, schedule.At(schedule.Length + more)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void At_AnyPosition_BetweenTheExtremes(Schedule schedule)
    {
        for (var n = 0; n <= 1000; n++)
        {
            Assert.InRange(schedule.At(n * 0.11), 0, 2);
        }
    }

    [Fact]
    public void Equals_SameExpression_Equal()
    {
        Assert.Equal(new Linear(0, 1, 10).Then(new Cosine(1, 0, 90)), new Linear(0, 1, 10).Then(new Cosine(1, 0, 90)));
        Assert.NotEqual(new Linear(0, 1, 10).Then(new Cosine(1, 0, 90)), new Linear(0, 1, 10).Then(new Cosine(1, 0, 91)));
        Assert.NotEqual<Schedule>(new Linear(1, 0, 10), new Cosine(1, 0, 10));
    }
}
