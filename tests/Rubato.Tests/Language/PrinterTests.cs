using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;
using Rubato.Tests.Numerics;
using Rubato.Tests.Schedules;

namespace Rubato.Tests.Language;

public sealed class PrinterTests
{
    [Theory]
    [MemberData(nameof(PowersOfTwo.ShortOnes), MemberType = typeof(PowersOfTwo))]
    public void Print_PowersOfTwo_ReadBackEqual(double value)
    {
        var schedule = new Linear(value, -value, Duration.Epochs(value));
        Assert.Equal(schedule, Schedule.Parse(schedule.ToString()));
    }

    [Fact]
    public void Print_RandomTrees_ReadBackEqual() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(ScheduleGenerator.Any, schedule => Schedule.Parse(schedule.ToString(), ScheduleGenerator.Functions) == schedule));
}
