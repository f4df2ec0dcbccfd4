using System.Collections.Immutable;

namespace Rubato.RangeTests;

/// <summary>The answer of a range test: between which rates the network trains, or why there is no clear answer.</summary>
/// <remarks>Immutable.</remarks>
public sealed record RangeSuggestion
{
    /// <summary>The rates; null where there is no clear answer.</summary>
    public RateRange? Range { get; init; }

    /// <summary>Why there is no clear answer, one sentence with a remedy; null where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of the rule that decided.</summary>
    public required string Rule { get; init; }

    /// <summary>
    /// How many of the answers lie within a factor 3 of the one suggested, as a share: those of all rules for the same purpose, for all
    /// points of each run, for its odd and for its even ones. 0 where there is no clear answer.
    /// </summary>
    public double Confidence { get; init; }

    /// <summary>What each rule says of each run.</summary>
    public ImmutableArray<RuleAnswer> Answers { get; init; } = [];

    /// <summary>The global batch size in samples at which the curves were measured; null where it is not known.</summary>
    public long? BatchSize { get; init; }

    /// <summary>Reads an answer off the curves of a range test.</summary>
    /// <param name="runs">The runs, which differ by their seeds alone; at least one.</param>
    /// <param name="settings">How.</param>
    /// <returns>The answer: the geometric mean of what the rule says of each run.</returns>
    /// <exception cref="ArgumentException">There is no run, or no rule of that name.</exception>
    public static RangeSuggestion Of(IReadOnlyList<RangeCurve> runs, RangeSuggestionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(settings);
        return runs.Count > 0
            ? RangeReading.Of(runs, settings)
            : throw new ArgumentException("There must be at least one run.", nameof(runs));
    }
}
