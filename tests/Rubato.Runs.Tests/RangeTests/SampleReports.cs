using System.Collections.Immutable;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Runs.Tests.RangeTests;

internal static class SampleReports
{
    /// <summary>Losses that fall from 2 to 1 between rates of 0.001 and 0.1, and rise to 5 at 10: straight lines over the exponent, ten updates a decade.</summary>
    public static RangeCurve Curve(double shift = 0, bool hasAccuracy = false) => new(
        [
            .. Enumerable.Range(0, 41).Select(i => new RangePoint(i + 1, Rate(i), Loss((0.1 * i) - 3 + shift), hasAccuracy && i % 10 == 0 ? 0.1 + (0.02 * i) : null)),
        ],
        RangeEnd.Completed);

    public static MeasuredRun Run(double shift = 0, bool hasAccuracy = false)
    {
        var curve = Curve(shift, hasAccuracy);
        return new MeasuredRun(curve, Smoothed(curve));
    }

    public static SmoothedCurve Smoothed(RangeCurve curve)
    {
        ImmutableArray<double> losses = [.. curve.Points.Select(point => point.Loss)];
        return new SmoothedCurve([.. curve.Points.Select(point => point.LearningRate)], losses, losses, 0.01, HasRisen: false);
    }

    public static RangeTestReport Report(params MeasuredVariant[] variants) => new()
    {
        Variants = [.. variants],
        BaseDivisor = 4,
        BatchSize = 64,
    };

    public static MeasuredVariant Variant(params MeasuredRun[] runs) => new("0.9", "0", [.. runs], new RangeSuggestion
    {
        Rule = "lowest",
        Range = new RateRange(0.025, 0.1),
        Confidence = 0.75,
        Answers = [new RuleAnswer("lowest", 1, new RateRange(0.025, 0.1)), new RuleAnswer("steep", 1, null)],
    });

    public static double Rate(int i) => Math.Round(0.001 * Math.Pow(10, 0.1 * i), 10);

    private static double Loss(double exponent) => exponent <= -1 ? 2 - ((exponent + 3) / 2) : 1 + (2 * (exponent + 1));
}
