using System.Collections.Immutable;

namespace Rubato.Schedules;

/// <summary>Points in time in ascending order, counted from the start of the schedule that holds them.</summary>
internal static class TimePoints
{
    /// <summary>What they reach; checked.</summary>
    internal static Extent Extent(ImmutableArray<Duration> milestones, string name)
    {
        if (milestones.IsDefaultOrEmpty)
        {
            throw new ArgumentException($"{name} must hold at least one duration, such as 30ep.", name);
        }

        var extent = Schedules.Extent.Of(Duration.Counted(milestones[0], name));
        for (var i = 1; i < milestones.Length; i++)
        {
            if (Duration.Counted(milestones[i], name).Unit == milestones[i - 1].Unit && milestones[i].Value <= milestones[i - 1].Value)
            {
                throw new ArgumentException($"{name} must ascend, but {milestones[i]} comes after {milestones[i - 1]}.", name);
            }

            extent = extent.WithLength(milestones[i].Value).Using(milestones[i]);
        }

        return extent;
    }

    /// <summary>How many are at or before a position.</summary>
    internal static int Passed(double[] milestones, double position)
    {
        if (milestones.Length > 16)
        {
            var found = Array.BinarySearch(milestones, position);
            return found < 0 ? ~found : found + 1;
        }

        var passed = 0;
        while (passed < milestones.Length && position >= milestones[passed])
        {
            passed++;
        }

        return passed;
    }

    /// <summary>The first one after a position; infinity where there is none.</summary>
    internal static double NextAfter(double[] milestones, double position)
    {
        var passed = Passed(milestones, position);
        return passed < milestones.Length ? milestones[passed] : double.PositiveInfinity;
    }

    /// <summary>In the unit of an axis.</summary>
    /// <exception cref="InvalidInputException">One cannot be converted, or they do not ascend once converted.</exception>
    internal static ImmutableArray<Duration> Resolve(ImmutableArray<Duration> milestones, in Place place)
    {
        var resolved = ImmutableArray.CreateBuilder<Duration>(milestones.Length);
        foreach (var milestone in milestones)
        {
            var converted = place.Converted(milestone);
            if (resolved.Count > 0 && converted.Value <= resolved[^1].Value)
            {
                throw new InvalidInputException(
                    new Finding($"{milestone} is not after {milestones[resolved.Count - 1]} once both are {converted} and {resolved[^1]}")
                    {
                        Remedy = "put them in ascending order",
                    });
            }

            resolved.Add(converted);
        }

        return resolved.ToImmutable();
    }
}
