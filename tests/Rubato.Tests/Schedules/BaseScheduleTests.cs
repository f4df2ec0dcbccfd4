using FsCheck;
using FsCheck.Fluent;
using Rubato.Schedules;

namespace Rubato.Tests.Schedules;

public sealed class BaseScheduleTests
{
    // The plan's text in place of the word, and read again, is the twin.
    [Fact]
    public void Over_AnyTreeOverAnyPlan_WhatTheTextWouldBe()
    {
        var (both, refused) = (0, 0);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2_000),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                var random = new CounterRandom(seed, 3, 0);
                if (RandomSchedule.Valid(() => WithBase(RandomSchedule.Any(seed, 4), ref random)) is not { } tree)
                {
                    return true;
                }

                var plans = RandomSchedule.Any(seed + 1L, 3);
                var group = ParameterGroups.Parse($"a(lr {tree})", "groups");
                Assert.Equal(tree, group.Groups[0].LearningRate);
                var expected = RandomSchedule.Valid(() => Schedule.Parse($"{tree}".Replace("base", $"({plans})", StringComparison.Ordinal), ScheduleGenerator.Functions));
                var bound = RandomSchedule.Valid(() => group.Groups[0].Over(plans, 0, 0).LearningRate!);
                (both, refused) = expected is null ? (both, refused + 1) : (both + 1, refused);
                return Equals(expected, bound);
            }));
        Assert.True(both > 500 && refused > 20, $"{both} trees could be bound, {refused} could not");
    }

    [Fact]
    public void IsResolved_Base_Never()
    {
        Assert.False(Schedule.Base.IsResolved);
        Assert.False((2 * Schedule.Base).IsResolved);
        Assert.Throws<InvalidOperationException>(() => Schedule.Base.At(0));
    }

    [Fact]
    public void Json_Base_ReadBackEqual() => Assert.Equal(2 * Schedule.Base, ScheduleJson.Read(ScheduleJson.Write(2 * Schedule.Base)));

    // One leaf of the tree, at random; without functions, which groups do not know.
    private static Schedule WithBase(Schedule schedule, ref CounterRandom random)
    {
        var parts = ScheduleGenerator.Parts(schedule);
        if (parts.Count == 0)
        {
            return Schedule.Base;
        }

        var chosen = random.NextInt(parts.Count);
        var changed = new Schedule[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            changed[i] = i == chosen ? WithBase(parts[i], ref random) : WithoutFunctions(parts[i]);
        }

        return ScheduleGenerator.With(schedule, changed);
    }

    private static Schedule WithoutFunctions(Schedule schedule) => schedule is Function ? 0.5
        : ScheduleGenerator.Parts(schedule) is { Count: > 0 } parts ? ScheduleGenerator.With(schedule, [.. parts.Select(WithoutFunctions)])
        : schedule;
}
