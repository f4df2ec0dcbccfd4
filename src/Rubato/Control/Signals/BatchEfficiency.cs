using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>What a batch size costs, in updates and in samples, to reach a loss.</summary>
/// <param name="Updates">The updates over the fewest that any batch needs, <c>S / S_min = 1 + B_crit / B</c>; above 1.</param>
/// <param name="Samples">The samples over the fewest that any batch needs, <c>E / E_min = 1 + B / B_crit</c>; above 1.</param>
/// <remarks>
/// With batch B and critical batch size B_crit, <c>(S / S_min - 1) (E / E_min - 1) = 1</c>, and <c>B_crit = E_min / S_min</c>: at the
/// critical batch size both are 2. Much smaller batches save hardly any samples, much larger ones hardly any updates. A model, fitted to
/// trainings with the best rate for each batch. McCandlish, Kaplan, Amodei and others 2018, "An Empirical Model of Large-Batch Training",
/// arXiv 1812.06162, section 2. Immutable.
/// </remarks>
public readonly record struct BatchEfficiency(double Updates, double Samples)
{
    /// <summary>The cost of a batch size.</summary>
    /// <param name="batchSize">The batch B; finite, above 0.</param>
    /// <param name="criticalBatch">The critical batch size B_crit, such as <see cref="NoiseAverage.NoiseScale"/>; finite, above 0.</param>
    /// <returns>The cost.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static BatchEfficiency Of(double batchSize, double criticalBatch) =>
        new(1 + (Require.Positive(criticalBatch) / Require.Positive(batchSize)), 1 + (batchSize / criticalBatch));
}
