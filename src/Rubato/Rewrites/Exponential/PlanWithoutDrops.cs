namespace Rubato.Rewrites;

/// <summary>Plans of a constant rate, whose weight decay falls in place of the rate: <c>lr_0</c> and <c>wd lr / lr_0</c>.</summary>
internal static class PlanWithoutDrops
{
    /// <summary>The plan, and every group with a rate or a weight decay of its own.</summary>
    /// <exception cref="InvalidInputException">The first rate is 0 of some.</exception>
    internal static TrainingPlan Of(TrainingPlan plan)
    {
        var settings = plan.Settings;
        var findings = new List<Finding>();
        (Schedule Rate, Schedule Decay)? Held(string? group, Schedule? rate, Schedule? decay, string? place)
        {
            try
            {
                return Of(plan, group, rate ?? settings.LearningRate, decay ?? settings.WeightDecay);
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings.Select(finding => place is null ? finding : finding.At(place)));
                return null;
            }
        }

        var own = Held(null, null, null, null);
        var groups = settings.Groups.Select(group =>
            group is { LearningRate: null, WeightDecay: null } ? group
            : Held(group.Name, group.LearningRate, group.WeightDecay, $"group '{group.Name}'") is { } held
                ? group with { LearningRate = group.LearningRate is null ? null : held.Rate, WeightDecay = held.Decay }
                : group).ToArray();
        return own is var (rate, decay) && findings.Count == 0
            ? new TrainingPlan(settings with { LearningRate = rate, WeightDecay = decay, Groups = [.. groups] })
            : throw new InvalidInputException(findings);
    }

    /// <summary>The schedules of one group; a rate that is constant already, and its weight decay, stay as they are.</summary>
    /// <exception cref="InvalidInputException">The first rate is 0.</exception>
    internal static (Schedule Rate, Schedule Decay) Of(TrainingPlan plan, string? group, Schedule rate, Schedule decay)
    {
        var first = plan.ValuesAt(0, group).LearningRate;
        Schedule held = first;
        if (first <= 0)
        {
            throw new InvalidInputException(new Finding("the first learning rate is 0, and without its drops the rate would stay there")
            {
                Remedy = "begin with a rate above 0",
            });
        }

        return held == rate ? (rate, decay) : (held, decay * (rate * (1 / first)));
    }
}
