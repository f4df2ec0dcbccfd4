namespace Rubato.RangeTests;

/// <summary>What one rule says of one curve.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Run">Which run, from 1.</param>
/// <param name="Range">The rates; null where the rule has no answer.</param>
/// <remarks>Immutable.</remarks>
public sealed record RuleAnswer(string Rule, int Run, RateRange? Range);
