using Rubato.Runs.Charts;
using Rubato.Runs.Rates;
using Rubato.Runs.Records;

namespace Rubato.Cli.Display;

/// <summary>The rates of runs in words and figures.</summary>
internal static class RatesText
{
    /// <summary>
    /// The last lines of <c>rubato rates</c>: of each run its effective rate and its exponential rate, then how far the others are from the
    /// first.
    /// </summary>
    internal static IEnumerable<string> Of(RateCurves curves)
    {
        var rows = new List<(string Name, string Text)>();
        foreach (var run in curves.Runs)
        {
            rows.Add((run.Name, Effective(run)));
            if (run.IsExponential)
            {
                rows.Add(("", Exponential(run)));
            }
        }

        var first = curves.Runs.First(run => !run.Effective.IsEmpty);
        rows.AddRange(
            from run in curves.Runs
            where run != first && !run.Effective.IsEmpty
            select ("difference", Difference(run, first)));
        var width = rows.Max(row => row.Name.Length) + 2;
        return rows.Select(row => $"{row.Name.PadRight(width)}{row.Text}");
    }

    private static string Effective(RateCurve run)
    {
        if (run.Effective.IsEmpty)
        {
            return $"no effective rate; {RateCurves.Condition}";
        }

        var (highest, lowest) = (run.Effective.MaxBy(update => update.EffectiveRate), run.Effective.MinBy(update => update.EffectiveRate));
        return $"effective rate {Number(run.Effective[0])} at first, {Number(run.Effective[^1])} at the end, "
            + $"highest {At(highest)}, lowest {At(lowest)}";
    }

    private static string Exponential(RateCurve run)
    {
        var rates = run.Updates.Select(update => update.ExponentialRateLog10).OfType<double>().ToList();
        return $"exponential rate {PlanLabels.Power(rates[0])} at first, {PlanLabels.Power(rates[^1])} at the end, "
            + $"highest {PlanLabels.Power(rates.Max())}, lowest {PlanLabels.Power(rates.Min())}";
    }

    private static string Difference(RateCurve run, RateCurve first)
    {
        if (RateDifference.Of(first, run) is not { } difference)
        {
            return $"no update of {first.Name} and {run.Name} was measured in both";
        }

        var most = difference.Largest > 0
            ? $"differ by at most {TrainingText.Finite(difference.Largest, "0.0e-0")} (relative), at update {difference.Step:N0}"
            : "are equal";
        return $"effective rates of {first.Name} and {run.Name} {most}; "
            + $"{TrainingText.Count(difference.Updates, "update")} measured in both";
    }

    private static string At(in StepRecord update) => $"{Number(update)} at update {update.Step:N0}";

    private static string Number(in StepRecord update) => PlanReport.Number(update.EffectiveRate);
}
