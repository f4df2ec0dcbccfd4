using Rubato.Numerics;

namespace Rubato.RangeTests;

/// <summary>How an answer is found in the curves of a range test.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record RangeSuggestionSettings
{
    /// <summary>The name of the rule that decides, one of <see cref="RangeRule.All"/>.</summary>
    public string Rule { get; init; } = RangeRule.UsualName;

    /// <summary>How the losses are smoothed; null for the usual way.</summary>
    public CurveSmoothing? Smoothing { get; init; }

    /// <summary>
    /// Where a rule gives a maximum only, the base is the maximum divided by this: 3 or 4 in Smith 2015, section 3.3. Finite, at least 1.
    /// Default: 4.
    /// </summary>
    public double BaseDivisor { get; init => field = Require.FiniteAtLeast(1, value, nameof(BaseDivisor)); } = 4;

    /// <summary>
    /// How far the maximum of the rule <c>lowest</c> stays below the rate of the lowest loss: that rate is divided by it. 1 for most
    /// optimizers. Above 1 for those whose updates are in proportion to the weights, such as LAMB: a few updates stand a rate that many do
    /// not. Finite, at least 1.
    /// </summary>
    public double Margin { get; init => field = Require.FiniteAtLeast(1, value, nameof(Margin)); } = 1;

    /// <summary>The global batch size in samples at which the curves were measured; null where it is not known.</summary>
    public long? BatchSize { get; init; }
}
