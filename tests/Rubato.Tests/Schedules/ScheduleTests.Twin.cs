using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed partial class ScheduleTests
{
    [Fact]
    public void At_AnyTreeAndPosition_ValueOfTheSlowTwin() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(ScheduleGenerator.Resolved, Positions, (schedule, positions) => positions.All(position => AgreesWithTwin(schedule, position))));

    private static bool AgreesWithTwin(Schedule schedule, double position) =>
        AreClose(schedule.At(position), SlowSchedule.At(schedule, position), 1e-12)
            ? true
            : throw new Xunit.Sdk.XunitException($"at {position:R}: {schedule.At(position):R}, twin {SlowSchedule.At(schedule, position):R}");

    private static bool AreClose(double a, double b, double tolerance) =>
        a.Equals(b) || Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    // On a grid of eighths, where boundaries are met, and anywhere.
    private static Arbitrary<double[]> Positions { get; } = Arb.From(
        Gen.Choose(0, int.MaxValue).Select(seed =>
        {
            var random = new Rubato.Numerics.CounterRandom(seed, 2, 0);
            double[] positions = [0, random.NextInt(800) / 8.0, random.NextInt(80) / 8.0, random.NextDouble(0, 5), random.NextDouble(0, 50), random.NextDouble(0, 400)];
            Array.Sort(positions);
            return positions;
        }));
}
