namespace Rubato.RangeTests;

/// <summary>One update of a range test.</summary>
/// <param name="Update">Which update, from 1.</param>
/// <param name="LearningRate">The rate that it was made with; above 0.</param>
/// <param name="Loss">The mean loss over its batch, before the update; may be non-finite.</param>
/// <param name="Accuracy">The share of held-out examples that were right after the update, 0..1; null where it was not measured.</param>
public readonly record struct RangePoint(long Update, double LearningRate, double Loss, double? Accuracy = null);
