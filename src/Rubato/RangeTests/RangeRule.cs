using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>A rule that reads a rate, or two, off the curve of a range test.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RangeRule
{
    /// <summary>The name of the rule that decides where none is chosen.</summary>
    public const string UsualName = "valley";

    private RangeRule(string name, string summary, string source) => (Name, Summary, Source) = (name, summary, source);

    /// <summary>The name, as in <c>--rule</c>.</summary>
    public string Name { get; }

    /// <summary>What it does, in a few words.</summary>
    public string Summary { get; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <summary>All rules.</summary>
    public static ImmutableArray<RangeRule> All { get; } = [];

    /// <summary>The rule of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The rule.</returns>
    public static RangeRule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Its answer.</summary>
    /// <param name="curve">The run.</param>
    /// <param name="smoothed">The same, smoothed.</param>
    /// <param name="baseDivisor">What the maximum is divided by, where the rule gives a maximum only.</param>
    /// <returns>The rates; null where the rule finds none.</returns>
    public RateRange? Answer(RangeCurve curve, SmoothedCurve smoothed, double baseDivisor) => throw new NotSupportedException("Not written yet.");
}
