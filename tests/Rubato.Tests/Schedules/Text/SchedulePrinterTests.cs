using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;

namespace Rubato.Tests.Schedules.Text;

public sealed class SchedulePrinterTests
{
    [Fact]
    public void Print_RandomTrees_ReadBackEqual() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(ScheduleGenerator.Any, schedule => Schedule.Parse(schedule.ToString(), ScheduleGenerator.Functions) == schedule));
}
