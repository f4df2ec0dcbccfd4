using System.Text;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Display;

/// <summary>The tables below the chart of a range test: what every rule says, and what every variant came to.</summary>
internal static class FindReport
{
    /// <summary>The tables.</summary>
    /// <param name="report">The range test.</param>
    /// <returns>Lines, each ended by a line feed.</returns>
    internal static string Of(RangeTestReport report)
    {
        var text = new StringBuilder();
        if (report.Variants.Length > 1)
        {
            var variants = report.Variants.Select((variant, index) => Row(report, variant, index));
            TextTable.Append(text, [["variant", "base_lr", "max_lr", "lowest loss", "at rate"], .. variants]);
            if (report.Best.Band is { } band)
            {
                text.Append(
                    $"the lowest loss at the largest rate: {report.NameOf(report.Best)}, "
                    + $"{TrainingText.Loss(band.Lowest.Loss)} at {RateText.Of(band.Lowest.LearningRate)}\n\n");
            }
        }

        var rules = report.Best.Suggestion.Answers
            .GroupBy(answer => answer.Rule, StringComparer.Ordinal)
            .Select(rule => Row(rule, report.Best))
            .ToList();
        if (rules.Count > 0)
        {
            var rates = report.Variants.Length > 1 ? $"rates with {report.NameOf(report.Best)}" : "rates";
            TextTable.Append(text, [["rule", rates, "for a rate that is", "source"], .. rules]);
        }

        return text.ToString();
    }

    private static string[] Row(RangeTestReport report, MeasuredVariant variant, int index) =>
    [
        $"{TerminalChart.Mark(index)} {report.NameOf(variant)}",
        variant.Suggestion.Range is { } range ? RateText.Of(range.BaseLr) : "none",
        variant.Suggestion.Range is { } same ? RateText.Of(same.MaxLr) : "none",
        variant.Band is { } band ? TrainingText.Loss(band.Lowest.Loss) : "none",
        variant.Band is { } known ? RateText.Of(known.Lowest.LearningRate) : "none",
    ];

    private static string[] Row(IGrouping<string, RuleAnswer> rule, MeasuredVariant variant)
    {
        var known = rule.Select(answer => answer.Range).OfType<RateRange>().ToList();
        var name = $"{(rule.Key == variant.Suggestion.Rule ? "*" : " ")} {rule.Key}";
        var (purpose, source) = RangeRule.Find(rule.Key) is { } found
            ? (found.Kind == RangeRuleKind.Maximum ? "a maximum" : "held", found.Source)
            : ("", "");
        if (known.Count == 0)
        {
            return [name, "no answer", purpose, source];
        }

        var (low, high) = (RateText.Of(known.Min(range => range.MaxLr)), RateText.Of(known.Max(range => range.MaxLr)));
        var count = known.Count == variant.Runs.Length ? $"{known.Count}" : $"{known.Count} of {variant.Runs.Length}";
        var runs = variant.Runs.Length == 1 ? "" : $" ({count} runs {low} to {high})";
        var (from, to) = (Mean(known.Select(range => range.BaseLr)), Mean(known.Select(range => range.MaxLr)));
        return [name, $"{RateText.Of(from)} .. {RateText.Of(to)}{runs}", purpose, source];
    }

    private static double Mean(IEnumerable<double> rates) => Math.Exp(rates.Average(Math.Log));
}
