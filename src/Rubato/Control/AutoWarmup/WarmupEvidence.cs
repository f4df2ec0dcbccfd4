namespace Rubato.Control;

/// <summary>What <see cref="AutoWarmup"/> fits its Gaussian process to.</summary>
public enum WarmupEvidence
{
    /// <summary>
    /// All losses, with the variances that make them most likely. A loss above <c>first + max(2 (first - lowest), |first|)</c> counts as
    /// that much, where <c>first</c> is the median of the first finite losses, because one that explodes would bend the curve beside it.
    /// </summary>
    AllLosses,

    /// <summary>
    /// The published way: 100 steps of Adam (rate 0.01) on the negative log likelihood a point, over a random subset of at most 100 losses,
    /// from where the last test left them; then, for each of <see cref="AutoWarmupSettings.Tests"/> votes, the posterior of another random
    /// subset of at most 500.
    /// </summary>
    RandomSubsets,
}
