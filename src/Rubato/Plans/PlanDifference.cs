using System.Globalization;

namespace Rubato.Plans;

/// <summary>What two plans say differently.</summary>
internal static class PlanDifference
{
    /// <summary>A finding for each setting that differs, in the order of the settings; none if the plans are the same.</summary>
    /// <param name="own">The plan that is given.</param>
    /// <param name="saved">The plan of the saved run.</param>
    /// <returns>The findings; the last one has the remedy.</returns>
    internal static IReadOnlyList<Finding> Between(PlanSettings own, PlanSettings saved)
    {
        var findings = new List<Finding>();
        foreach (var ((name, mine), (_, theirs)) in TextsOf(own).Zip(TextsOf(saved)))
        {
            if (mine != theirs)
            {
                findings.Add(new Finding(name, mine, $"but the saved run has {theirs}"));
            }
        }

        return findings;
    }

    private static IEnumerable<(string Name, string Text)> TextsOf(PlanSettings plan)
    {
        yield return (nameof(plan.Length), $"{plan.Length}");
        yield return (nameof(plan.SamplesPerEpoch), plan.SamplesPerEpoch?.ToString(CultureInfo.InvariantCulture) ?? "none");
        yield return (nameof(plan.LearningRate), $"{plan.LearningRate}");
        yield return (nameof(plan.BatchSize), $"{plan.BatchSize}");
        yield return (nameof(plan.Momentum), $"{plan.Momentum}");
        yield return (nameof(plan.WeightDecay), $"{plan.WeightDecay}");
        yield return (nameof(plan.Tail), $"{plan.Tail}".ToLowerInvariant());
        yield return (nameof(plan.Groups), plan.Groups.IsEmpty ? "none" : string.Join("; ", plan.Groups.Select(TextOf)));
    }

    private static string TextOf(GroupSettings group) =>
        $"{group.Name}(lr {group.LearningRate}, momentum {group.Momentum}, weight-decay {group.WeightDecay})";
}
