using Rubato.Tests.Schedules;

namespace Rubato.Tests;

public sealed partial class ScheduleTests
{
    [Fact]
    public void RandomTrees_TwoThousand_MeetEveryKindOfNode()
    {
        var kinds = typeof(Schedule).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Schedule)) && !type.IsAbstract).ToHashSet();
        for (var seed = 0; seed < 2000; seed++)
        {
            Meet(RandomSchedule.Resolved(seed, ScheduleGenerator.Depth), kinds);
        }

        Assert.Empty(kinds);
    }

    [Fact]
    public void At_AnyTreeAndPosition_ValueOfTheSlowTwin() =>
        CheckAll((schedule, positions) => positions.All(position => AgreesWithTwin(schedule, position, 1e-12)));

    // Durations in whole units of 2^30: a trillion is some thousand cycles, which the twin can walk.
    [Fact]
    public void At_PositionsOfATrillion_ValueOfTheSlowTwin()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var schedule = RandomSchedule.Resolved(seed, ScheduleGenerator.Depth, TimeUnit.Samples, 1 << 30);
            Assert.All((double[])[0, 1e9, 1e10 + seed, 1e12 + (seed * 12_345_678.0)], position => Assert.True(AgreesWithTwin(schedule, position, 1e-9)));
        }
    }

    private static void Meet(Schedule schedule, HashSet<Type> kinds)
    {
        kinds.Remove(schedule.GetType());
        foreach (var part in ScheduleGenerator.Parts(schedule))
        {
            Meet(part, kinds);
        }
    }

    private static bool AgreesWithTwin(Schedule schedule, double position, double tolerance) =>
        AreClose(schedule.At(position), SlowSchedule.At(schedule, position), tolerance)
            ? true
            : throw new Xunit.Sdk.XunitException($"'{schedule}' at {position:R}: {schedule.At(position):R}, twin {SlowSchedule.At(schedule, position):R}");

    private static bool AreClose(double a, double b, double tolerance) =>
        a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
