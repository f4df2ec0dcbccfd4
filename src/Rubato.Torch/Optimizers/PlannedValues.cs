using Rubato.Schedules;

namespace Rubato.Torch.Optimizers;

/// <summary>The values of a hyper-parameter over the updates of a plan.</summary>
/// <param name="Least">The smallest.</param>
/// <param name="Most">The largest.</param>
/// <param name="FirstZero">The first update, from 1, with the value 0; null if none.</param>
/// <param name="Return">The first update whose value comes back from 0 after it had been above 0; null if none.</param>
internal sealed record PlannedValues(double Least, double Most, long? FirstZero, long? Return)
{
    /// <summary>Reads the values of all updates; a constant schedule is answered at once.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="group">The name of the plan's group; null for none.</param>
    /// <param name="schedule">The schedule of the hyper-parameter.</param>
    /// <param name="read">Reads the hyper-parameter.</param>
    internal static PlannedValues Of(TrainingPlan plan, string? group, Schedule schedule, Func<HyperParameters, double> read)
    {
        if (schedule is Constant { Value: var constant })
        {
            return new PlannedValues(constant, constant, constant == 0 ? 1 : null, null);
        }

        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        var (firstZero, back) = ((long?)null, (long?)null);
        var (hasBeen, hasGone) = (false, false);
        foreach (var update in plan.EnumerateUpdates())
        {
            var value = read(group is null ? update.HyperParameters : plan.At(update.Start, group));
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
            if (value == 0)
            {
                firstZero ??= update.Step;
                hasGone = hasBeen;
            }
            else
            {
                back ??= hasGone ? update.Step : null;
                hasBeen = true;
            }
        }

        return new PlannedValues(least, most, firstZero, back);
    }
}
