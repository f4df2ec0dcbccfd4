namespace Rubato.RangeTests;

/// <summary>Between which learning rates a network trains.</summary>
/// <param name="BaseLr">The lower one; above 0.</param>
/// <param name="MaxLr">The upper one; at least the lower one.</param>
public readonly record struct RateRange(double BaseLr, double MaxLr);
