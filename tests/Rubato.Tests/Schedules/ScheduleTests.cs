using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed partial class ScheduleTests
{
    [Fact]
    public void At_RandomTrees_EveryKindOfNodeIsMet()
    {
        var kinds = typeof(Schedule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract).ToHashSet();
        for (var seed = 0; seed < 2000; seed++)
        {
            Meet(RandomSchedule.Resolved(seed, ScheduleGenerator.Depth), kinds);
        }

        Assert.Empty(kinds);
    }

    private static void Meet(Schedule schedule, HashSet<Type> kinds)
    {
        kinds.Remove(schedule.GetType());
        foreach (var part in ScheduleGenerator.Parts(schedule))
        {
            Meet(part, kinds);
        }
    }
}
