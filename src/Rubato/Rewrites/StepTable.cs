using System.Collections.Immutable;
using System.Globalization;
using Rubato.Schedules;

namespace Rubato.Rewrites;

/// <summary>Writes steps as a schedule: one number, or a table in epochs where the plan counts in epochs and they say the same.</summary>
internal sealed class StepTable(TrainingPlan plan)
{
    // Far below the 1e-12 that rewrites promise, and above what quotients and products of rates lose.
    private const double RoundingShare = 1e-13;

    /// <summary>Whether two values differ by rounding only.</summary>
    internal static bool Same(double value, double other) => Math.Abs(value - other) <= RoundingShare * Math.Abs(other);

    /// <summary>A value without digits that only rounding put there: 0.1 for 0.10000000000000002.</summary>
    internal static double Tidy(double value) =>
        double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The steps; neighbours that differ by rounding only become one.</summary>
    internal Schedule Of(IReadOnlyList<ValueFrom> steps)
    {
        var kept = new List<ValueFrom>();
        foreach (var step in steps)
        {
            if (kept.Count == 0 || !Same(step.Value, kept[^1].Value))
            {
                kept.Add(step with { Value = Tidy(step.Value) });
            }
        }

        return kept.Count == 1 ? kept[0].Value : new Table(Points(kept));
    }

    private ImmutableArray<TablePoint> Points(List<ValueFrom> steps)
    {
        if (plan.Settings is { Length.Unit: TimeUnit.Epochs, SamplesPerEpoch: { } size }
            && steps.TrueForAll(step => step.Start / size * size == step.Start))
        {
            return [.. steps.Select(step => new TablePoint(Duration.Epochs(step.Start / size), step.Value))];
        }

        return [.. steps.Select(step => new TablePoint(Duration.Samples(step.Start), step.Value))];
    }
}

/// <summary>A value from a position on.</summary>
internal readonly record struct ValueFrom(double Start, double Value);
