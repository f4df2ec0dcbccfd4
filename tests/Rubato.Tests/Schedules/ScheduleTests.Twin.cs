using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed partial class ScheduleTests
{
    [Fact]
    public void At_AnyTreeAndPosition_ValueOfTheSlowTwin() =>
        CheckAll((schedule, positions) => positions.All(position => AgreesWithTwin(schedule, position)));

    private static bool AgreesWithTwin(Schedule schedule, double position) =>
        AreClose(schedule.At(position), SlowSchedule.At(schedule, position), 1e-12)
            ? true
            : throw new Xunit.Sdk.XunitException($"at {position:R}: {schedule.At(position):R}, twin {SlowSchedule.At(schedule, position):R}");

    private static bool AreClose(double a, double b, double tolerance) =>
        a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
