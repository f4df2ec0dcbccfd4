using System.Collections.Immutable;

namespace Rubato.Schedules;

/// <summary>Points in time in ascending order, counted from the start of the schedule that holds them.</summary>
internal static class TimePoints
{
    /// <summary>What they reach; checked.</summary>
    /// <param name="milestones">The points.</param>
    /// <param name="name">What they are called, for messages.</param>
    /// <param name="mayRepeat">Whether two may be at one time.</param>
    internal static Extent Extent(ImmutableArray<Duration> milestones, string name, bool mayRepeat = false)
    {
        if (milestones.IsDefaultOrEmpty)
        {
            throw new ArgumentException($"{name} must hold at least one duration, such as 30ep.", name);
        }

        var extent = Schedules.Extent.Of(Duration.Counted(milestones[0], name));
        for (var i = 1; i < milestones.Length; i++)
        {
            if (Duration.Counted(milestones[i], name).Unit == milestones[i - 1].Unit
                && IsOutOfOrder(milestones[i - 1].Value, milestones[i].Value, mayRepeat))
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
            if (found < 0)
            {
                return ~found;
            }

            // Of several at one time any may be found.
            while (found < milestones.Length && milestones[found] <= position)
            {
                found++;
            }

            return found;
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
    internal static ImmutableArray<Duration> Resolve(ImmutableArray<Duration> milestones, in Place place, bool mayRepeat = false)
    {
        var resolved = ImmutableArray.CreateBuilder<Duration>(milestones.Length);
        foreach (var milestone in milestones)
        {
            var converted = place.Converted(milestone);
            if (resolved.Count > 0 && IsOutOfOrder(resolved[^1].Value, converted.Value, mayRepeat))
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

    private static bool IsOutOfOrder(double first, double next, bool mayRepeat) => mayRepeat ? next < first : next <= first;
}
