using System.Collections.Immutable;
using System.Globalization;
using Rubato.Numerics;

namespace Rubato.RangeTests;

/// <summary>Reads an answer off the curves of a range test.</summary>
internal static class RangeReading
{
    private const int FewestLosses = RangeTest.FewestUpdates;

    // These three are chosen, not fitted: answers of several rules within a factor of 3 agree, runs a factor of 10 apart do not,
    // and a loss has risen when it lies five standard errors above its lowest.
    private const double Near = 3;
    private const double Apart = 10;
    private const double RiseErrors = 5;

    internal static RangeSuggestion Of(IReadOnlyList<RangeCurve> runs, RangeSuggestionSettings settings)
    {
        var rule = RangeRule.Find(settings.Rule) ?? throw new ArgumentException(
            $"There is no rule '{settings.Rule}'; known are {string.Join(", ", RangeRule.All.Select(known => known.Name))}.",
            nameof(settings));
        var smoothing = settings.Smoothing ?? new GaussianProcessSmoothing();
        var answers = runs.SelectMany((curve, run) => AnswersOf(curve, run + 1, smoothing, settings)).ToImmutableArray();
        var suggestion = new RangeSuggestion { Rule = rule.Name, Answers = answers, BatchSize = settings.BatchSize };
        var found = answers.Where(answer => answer.Rule == rule.Name).Select(answer => answer.Range).OfType<RateRange>().ToArray();
        if (2 * found.Length <= runs.Count)
        {
            var without = answers.First(answer => answer.Rule == rule.Name && answer.Range is null).Run;
            return suggestion with { Reason = ReasonOf(rule, runs[without - 1], smoothing) };
        }

        var (low, high) = (found.Min(range => range.MaxLr), found.Max(range => range.MaxLr));
        if (high > Apart * low)
        {
            return suggestion with
            {
                Reason = string.Create(
                    CultureInfo.InvariantCulture,
                    $"the runs do not agree, their maxima lie between {Rate(low)} and {Rate(high)}; "
                    + $"use more iterations, so that single batches count for less."),
            };
        }

        var range = new RateRange(Mean(found, one => one.BaseLr), Mean(found, one => one.MaxLr));
        return suggestion with
        {
            Range = range,
            Confidence = ConfidenceOf(range.MaxLr, rule, runs, answers, smoothing, settings),
        };
    }

    private static IEnumerable<RuleAnswer> AnswersOf(RangeCurve curve, int run, CurveSmoothing smoothing, RangeSuggestionSettings settings)
    {
        var smoothed = CountFinite(curve) < FewestLosses ? null : smoothing.Smooth(curve);
        return RangeRule.All.Select(
            rule => new RuleAnswer(rule.Name, run, smoothed is null ? null : AnswerOf(rule, curve, smoothed, settings)));
    }

    private static RateRange? AnswerOf(RangeRule rule, RangeCurve curve, SmoothedCurve smoothed, RangeSuggestionSettings settings)
    {
        var answer = rule.Answer(curve, smoothed, settings.BaseDivisor);
        return answer is { } range && rule.Name == RangeRule.UsualName
            ? new RateRange(range.BaseLr / settings.Margin, range.MaxLr / settings.Margin)
            : answer;
    }

    // The rules for the same purpose, on all points of each run, on its odd ones and on its even ones: what noise moves shows in the
    // halves.
    private static double ConfidenceOf(
        double max,
        RangeRule rule,
        IReadOnlyList<RangeCurve> runs,
        ImmutableArray<RuleAnswer> whole,
        CurveSmoothing smoothing,
        RangeSuggestionSettings settings)
    {
        var alike = RangeRule.All.Where(other => other.Kind == rule.Kind).Select(other => other.Name).ToHashSet(StringComparer.Ordinal);
        var halves = runs
            .SelectMany(curve => new[] { HalfOf(curve, 0), HalfOf(curve, 1) })
            .SelectMany(half => AnswersOf(half, run: 1, smoothing, settings));
        var counted = whole
            .Concat(halves)
            .Where(answer => alike.Contains(answer.Rule))
            .Select(answer => answer.Range)
            .OfType<RateRange>()
            .ToArray();
        return (double)counted.Count(range => range.MaxLr <= Near * max && range.MaxLr >= max / Near) / counted.Length;
    }

    // Accuracies are few, and stay with the points on either side.
    private static RangeCurve HalfOf(RangeCurve curve, int first)
    {
        var points = ImmutableArray.CreateBuilder<RangePoint>();
        for (var i = first; i < curve.Points.Length; i += 2)
        {
            var other = i ^ 1;
            points.Add(curve.Points[i] with
            {
                Accuracy = curve.Points[i].Accuracy ?? (other < curve.Points.Length ? curve.Points[other].Accuracy : null),
            });
        }

        return points.Count == 0 ? curve : new RangeCurve(points.ToImmutable(), curve.End);
    }

    private static string ReasonOf(RangeRule rule, RangeCurve curve, CurveSmoothing smoothing)
    {
        var points = curve.Points;
        if (CountFinite(curve) < FewestLosses)
        {
            return curve.End is RangeEnd.NonFinite or RangeEnd.Diverged
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the loss {(curve.End == RangeEnd.NonFinite ? "was not finite" : "had diverged")} at update {points.Length}, "
                    + $"at a rate of {Rate(points[^1].LearningRate)}; "
                    + $"start at a lower rate, and check the data where that changes nothing.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"there are {CountFinite(curve)} finite losses, and {FewestLosses} are the least that can be told from noise; "
                    + $"use more iterations.");
        }

        var smoothed = smoothing.Smooth(curve);
        if (CurveFall.Of(smoothed) is null)
        {
            return Rises(curve)
                ? FormattableString.Invariant(
                    $"the loss rises from the first rate on, {Rate(points[0].LearningRate)}, and never falls; start at a lower rate.")
                : "the loss falls at no rate by more than its noise: "
                    + $"smoothed, it {Within(smoothed.Smoothed.Min(), smoothed.Smoothed.Max())}; "
                    + "use more iterations, or check data and network.";
        }

        if (rule.Name == RangeRule.AccuracyName)
        {
            var measured = points.Count(point => point.Accuracy is not null);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the accuracy, measured {measured} times, does not rise by 5 points; "
                + $"it takes {RangeRules.FewestAccuracies} measurements and such a rise; measure more often, or use another rule.");
        }

        return FormattableString.Invariant(
            $"the loss still falls at the last rate, {Rate(points[^1].LearningRate)}, where the test ended; end at a higher rate.");
    }

    // Whether the mean of the last tenth is above that of the first by more than the noise of both explains; no loss is cut off here.
    private static bool Rises(RangeCurve curve)
    {
        double[] finite = [.. curve.Points.Select(point => point.Loss).Where(double.IsFinite)];
        var tenth = Math.Max(2, finite.Length / 10);
        var (first, last) = (finite[..tenth], finite[^tenth..]);
        return last.Average() - first.Average() > RiseErrors * Math.Sqrt((Variance(first) + Variance(last)) / tenth);
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    private static string Rate(double rate) => NumberText.Of(rate, 3);

    private static int CountFinite(RangeCurve curve) => curve.Points.Count(point => double.IsFinite(point.Loss));

    private static double Mean(RateRange[] ranges, Func<RateRange, double> of) => Math.Exp(ranges.Average(range => Math.Log(of(range))));

    private static string Within(double low, double high)
    {
        var (least, most) = (NumberText.Of(low, 4), NumberText.Of(high, 4));
        return least == most ? $"stays at {least}" : $"lies between {least} and {most}";
    }
}
