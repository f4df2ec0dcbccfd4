using System.Diagnostics;

namespace Rubato.Schedules;

/// <summary>
/// Stands in a parameter group for the plan's own schedule of the same quantity, until <see cref="GroupSettings.Over"/> puts that in its
/// place. Text: <c>base</c>.
/// </summary>
/// <remarks>Nothing is known of it: it counts as a part of a length of its own, in any unit.</remarks>
internal sealed record BaseSchedule : Schedule
{
    /// <summary>The text.</summary>
    internal const string Word = "base";

    /// <summary>The schedule; JSON reads it by this constructor.</summary>
    public BaseSchedule()
        : base(Extent.Unknown)
    {
    }

    /// <inheritdoc/>
    internal override Interval Bounds => Interval.Everything;

    /// <summary>A schedule in which the plan's stands for every <c>base</c>.</summary>
    /// <exception cref="ArgumentException">The plan's schedule does not fit where it then stands.</exception>
    /// <exception cref="InvalidInputException">A length cannot be converted.</exception>
    internal static Schedule Replace(Schedule schedule, Schedule plans) =>
        Leaves.Replace(schedule, leaf => leaf is BaseSchedule ? plans : leaf);

    /// <inheritdoc/>
    internal override double Evaluate(double position) => throw new UnreachableException($"'{Word}' is never resolved.");

    /// <inheritdoc/>
    internal override double HoldsUntil(double position) => position;

    /// <inheritdoc/>
    internal override Schedule Resolve(in Place place) => throw new InvalidInputException(
        $"'{Word}' stands for the plan's own schedule, which is not put in its place; "
        + "call Over of the parameter groups, or write the schedule itself.");
}
