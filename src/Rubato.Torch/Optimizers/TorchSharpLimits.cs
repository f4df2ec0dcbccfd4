
namespace Rubato.Torch.Optimizers;

/// <summary>Compares a plan with the abilities of TorchSharp's optimizers.</summary>
/// <param name="plan">The plan.</param>
internal sealed class TorchSharpLimits(TrainingPlan plan)
{
    private readonly Dictionary<(int Group, string Setting), PlannedValues> _values = [];

    /// <summary>All conflicts with the plan, each once.</summary>
    /// <param name="made">The optimizers.</param>
    /// <returns>None if they can follow the plan.</returns>
    internal IReadOnlyList<Finding> FindingsOf(IReadOnlyList<TorchSharpGroup> made)
    {
        var beyond = made.Count == 0 ? 0 : made.Max(group => group.Parameters.PlanGroup) + 1;
        return beyond > plan.Settings.Groups.Length
            ? [$"Parameters follow {beyond} groups of the plan, but it has {plan.Settings.Groups.Length}."]
            : [.. made.SelectMany(FindingsOf).Distinct()];
    }

    private IEnumerable<Finding> FindingsOf(TorchSharpGroup made)
    {
        if (made.NeedsClosure)
        {
            yield return new Finding(
                made.Name,
                null,
                "needs a closure that evaluates the loss several times in a step, which no update of a plan has",
                "take another optimizer, such as SGD");
            yield break;
        }

        if (RateFinding(made) is { } rate)
        {
            yield return rate;
        }

        if (MomentumFinding(made) is { } momentum)
        {
            yield return momentum;
        }

        if (made.WeightDecay is null && made.Parameters.DecayMultiplier != 0 && ValuesOf(made, nameof(PlanSettings.WeightDecay)).Most != 0)
        {
            yield return FindingOf(
                made, nameof(PlanSettings.WeightDecay), "has no weight decay", "leave it 0, or take an optimizer that has it, such as SGD");
        }
    }

    private Finding? RateFinding(TorchSharpGroup made)
    {
        if (made.FixedRates.Count == 0)
        {
            return null;
        }

        var values = ValuesOf(made, nameof(PlanSettings.LearningRate));
        var multiplier = made.Parameters.RateMultiplier;
        return made.FixedRates.All(fixedRate => values.Least * multiplier == fixedRate && values.Most * multiplier == fixedRate)
            ? null
            : FindingOf(
                made,
                nameof(PlanSettings.LearningRate),
                $"keeps the rate that it was made with, {string.Join(" and ", made.FixedRates.Select(Text))}"
                    + (multiplier == 1 ? "" : $", and the multiplier of its parameters is {Text(multiplier)}"),
                (made.Parameters.PlanGroup >= 0
                    ? "write that"
                    : $"give Schedule.Constant({Text(made.FixedRates[0])}), since a number alone is a peak with warm-up and decay")
                    + ", or take an optimizer that follows a rate, such as SGD");
    }

    private Finding? MomentumFinding(TorchSharpGroup made)
    {
        if (made.Momentum is null)
        {
            return ValuesOf(made, nameof(PlanSettings.Momentum)).Most == 0
                ? null
                : FindingOf(
                    made, nameof(PlanSettings.Momentum), "has no momentum", "leave it 0, or take an optimizer that has it, such as SGD");
        }

        if (made.TwinWithBuffer is not { } twin)
        {
            return null;
        }

        return ValuesOf(made, nameof(PlanSettings.Momentum)) switch
        {
            { FirstZero: { } zero } when made.IsNesterov => FindingOf(
                made,
                nameof(PlanSettings.Momentum),
                $"with Nesterov momentum needs it above 0 in every update, but update {zero} has 0",
                "keep it above 0, or take plain momentum"),
            { Return: { } back } => FindingOf(
                made,
                nameof(PlanSettings.Momentum),
                $"does not keep its buffer up while the momentum is 0, and it comes back at update {back}",
                $"keep it above 0 in between, or take Rubato's {twin}"),
            _ => null,
        };
    }

    private Finding FindingOf(TorchSharpGroup made, string setting, string rule, string remedy)
    {
        var group = made.Parameters.PlanGroup;
        return new Finding(setting, ScheduleOf(group, setting).ToString(), $"{made.Name} {rule}", remedy)
        {
            Place = group < 0 ? null : $"group '{plan.Settings.Groups[group].Name}'",
        };
    }

    private PlannedValues ValuesOf(TorchSharpGroup made, string setting)
    {
        var group = made.Parameters.PlanGroup;
        if (!_values.TryGetValue((group, setting), out var values))
        {
            values = PlannedValues.Of(plan, group < 0 ? null : plan.Settings.Groups[group].Name, ScheduleOf(group, setting), setting switch
            {
                nameof(PlanSettings.LearningRate) => update => update.LearningRate,
                nameof(PlanSettings.Momentum) => update => update.Momentum,
                _ => update => update.WeightDecay,
            });
            _values.Add((group, setting), values);
        }

        return values;
    }

    private Schedule ScheduleOf(int group, string setting)
    {
        var own = group < 0 ? null : plan.Settings.Groups[group];
        return setting switch
        {
            nameof(PlanSettings.LearningRate) => own?.LearningRate ?? plan.Settings.LearningRate,
            nameof(PlanSettings.Momentum) => own?.Momentum ?? plan.Settings.Momentum,
            _ => own?.WeightDecay ?? plan.Settings.WeightDecay,
        };
    }

    private static string Text(double value) => ((Schedule)value).ToString();
}
