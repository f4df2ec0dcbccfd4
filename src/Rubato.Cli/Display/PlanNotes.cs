using Rubato.Runs.Charts;

namespace Rubato.Cli.Display;

/// <summary>What a plan does that its writer may not have meant.</summary>
internal static class PlanNotes
{
    // A schedule that stays what it is for the last tenth is taken to be meant so.
    private const double LongBefore = 0.9;

    /// <summary>Sentences about a plan.</summary>
    /// <param name="survey">The plan.</param>
    /// <returns>One sentence each; none where all schedules end with the plan.</returns>
    internal static IEnumerable<string> About(PlanSurvey survey)
    {
        var plan = survey.Plan;
        (PlanQuantity Quantity, Schedule Schedule)[] schedules =
        [
            (PlanQuantity.LearningRate, plan.LearningRate),
            (PlanQuantity.BatchSize, plan.BatchSize),
            (PlanQuantity.Momentum, plan.Momentum),
            (PlanQuantity.WeightDecay, plan.WeightDecay),
        ];
        foreach (var (quantity, schedule) in schedules)
        {
            if (schedule.End > plan.Samples && double.IsFinite(schedule.End))
            {
                yield return $"the {PlanLabels.Of(quantity)} goes on to {Place(plan, schedule.End)}, "
                    + $"but the plan ends at {Place(plan, plan.Samples)}: it is cut.";
            }
            else if (schedule.End > 0 && schedule.End < LongBefore * plan.Samples && EndsSmoothly(schedule))
            {
                yield return $"the {PlanLabels.Of(quantity)} ends at {Place(plan, schedule.End)} and holds its last value, "
                    + $"{PlanReport.Number(schedule.At(schedule.End))}, up to {Place(plan, plan.Samples)}.";
            }
        }

        if (plan.ShortWarmupFromZero() is { } rising)
        {
            yield return $"{WarmupFromZero(rising)}.";
        }

        if (survey.Noise is { Quantity: PlanQuantity.ExactNoise }
            && survey[PlanQuantity.BatchSize].Highest.Value >= plan.Settings.SamplesPerEpoch)
        {
            yield return "a batch of the whole training set or more has no noise: the exact noise scale is 0 there.";
        }

        if (plan.Settings is { Tail: EpochTail.Cut, SamplesPerEpoch: { } size }
            && survey[PlanQuantity.BatchSize] is { IsConstant: true } batch
            && size % batch.Final is > 0 and var left)
        {
            yield return $"the last batch of an epoch is cut to {PlanReport.Count((long)left, "sample")}.";
        }
    }

    /// <summary>What is lost of a short warm-up from 0.</summary>
    /// <param name="updates">How many updates it has.</param>
    internal static string WarmupFromZero(int updates) =>
        $"the warm-up begins at 0, so that {(updates == 1 ? "its one update" : $"the first of its {updates} updates")} changes nothing; "
        + "begin it above 0, or make it longer";

    // The last value of a schedule by steps is meant to last.
    private static bool EndsSmoothly(Schedule schedule)
    {
        var (before, after) = (schedule.At(schedule.End * (1 - 1e-6)), schedule.At(schedule.End));
        return Math.Abs(before - after) <= 1e-3 * Math.Max(Math.Abs(schedule.At(0)), Math.Abs(after));
    }

    private static string Place(TrainingPlan plan, double samples) =>
        plan.Settings.SamplesPerEpoch is { } size ? $"epoch {PlanReport.Number(samples / size)}" : $"sample {samples:N0}";
}
