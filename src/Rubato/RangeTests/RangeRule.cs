using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>A rule that reads a rate, or two, off the curve of a range test, by its name.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RangeRule
{
    /// <summary>The name of the rule that decides where none is chosen.</summary>
    public const string UsualName = "lowest";

    internal const string AccuracyName = "accuracy";

    private readonly Func<RangeCurve, SmoothedCurve, double, RateRange?> _answer;

    private RangeRule(string name, RangeRuleKind kind, string source, Func<RangeCurve, SmoothedCurve, double, RateRange?> answer) =>
        (Name, Kind, Source, _answer) = (name, kind, source, answer);

    /// <summary>The name, as in <c>--rule</c>.</summary>
    public string Name { get; }

    /// <summary>What its rate is good for.</summary>
    public RangeRuleKind Kind { get; }

    /// <summary>Where it comes from, in a few words; <see cref="RangeRules"/> has the whole.</summary>
    public string Source { get; }

    /// <summary>All rules.</summary>
    public static ImmutableArray<RangeRule> All { get; } =
    [
        One(UsualName, RangeRuleKind.Maximum, "Smith 2018", RangeRules.Lowest),
        new(AccuracyName, RangeRuleKind.Maximum, "Smith 2015", (curve, _, _) => RangeRules.Accuracy(curve)),
        One("valley", RangeRuleKind.Constant, "after fastai", RangeRules.Valley),
        One("slide", RangeRuleKind.Constant, "after fastai", RangeRules.Slide),
        One("steep", RangeRuleKind.Constant, "fastai", RangeRules.Steep),
        One("minimum", RangeRuleKind.Constant, "fastai", RangeRules.Minimum),
    ];

    /// <summary>The rule of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The rule.</returns>
    public static RangeRule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Its answer.</summary>
    /// <param name="curve">The run.</param>
    /// <param name="smoothed">The same, smoothed.</param>
    /// <param name="baseDivisor">What the maximum is divided by, where the rule gives one rate only.</param>
    /// <returns>The rates; null where the rule finds none.</returns>
    public RateRange? Answer(RangeCurve curve, SmoothedCurve smoothed, double baseDivisor) => _answer(curve, smoothed, baseDivisor);

    private static RangeRule One(string name, RangeRuleKind kind, string source, Func<SmoothedCurve, double?> rate) =>
        new(name, kind, source, (_, smoothed, divisor) => rate(smoothed) is { } max ? new RateRange(max / divisor, max) : null);
}
