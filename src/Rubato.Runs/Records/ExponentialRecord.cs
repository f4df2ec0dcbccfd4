namespace Rubato.Runs.Records;

/// <summary>What a run with growing rates in place of weight decay was, in <c>summary.json</c>.</summary>
/// <param name="Form">The form as text: <c>exponential</c>, <c>texp</c> or <c>texp--</c>.</param>
/// <param name="ScaleInvariant">
/// How many of the trained numbers have grown: those whose length has no effect. The others kept rate and weight decay; of these, biases
/// that a normalization takes away are scaled with the weights.
/// </param>
/// <param name="LossChange">
/// By what share the loss of a batch changed, before the first update, where these were three times as long: what rounding leaves of <c>L(c
/// w) = L(w)</c>.
/// </param>
/// <param name="Log10Rate">
/// The decimal logarithm of the growing rate at the last update; null before the first, or where the rate is 0.
/// </param>
/// <remarks>Immutable.</remarks>
public sealed record ExponentialRecord(string Form, long ScaleInvariant, double LossChange, double? Log10Rate);
