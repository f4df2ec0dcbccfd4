using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// Keeps a run of growing rates within the range of its numbers: <c>(w, v, lr) -> (c w, v / c, c^2 lr)</c> changes no later update of a
/// function that the length of its weights has no effect on. The factor c is a power of two, so that scaling rounds nothing; this is the
/// running total of all that was scaled so far.
/// </summary>
/// <param name="Exponent">
/// c = 2^Exponent, so that weights are kept as <c>c w~</c> and buffers as <c>v~ / c</c>; 0 or below where rates grow.
/// </param>
/// <remarks>
/// <para>
/// Exact because such a function's gradient shrinks as its weights grow, <c>G(c w) = G(w) / c</c>: then
/// <c>m v / c + G(c w) = (m v + G(w)) / c</c>, and <c>c w - c^2 lr v' / c = c (w - lr v')</c>. Li and Arora 2019, arXiv 1910.07454, section
/// 2. Numbers that leave the range of float32 all the same, such as the least parts of a buffer, are rounded as they always are.
/// </para>
/// <para>Immutable. <c>default</c> is the start of a run: nothing was scaled.</para>
/// </remarks>
public readonly record struct ScaleShift(long Exponent)
{
    private static readonly double LogTwo = Math.Log(2);

    /// <summary>The logarithm of the rate to make an update with: <c>ln lr~ + 2 ln c</c>.</summary>
    /// <param name="logRate">ln lr~, as the plan has it.</param>
    /// <returns>The logarithm for the weights as they are kept.</returns>
    public double LogRate(double logRate) => Math.FusedMultiplyAdd(2.0 * Exponent, LogTwo, logRate);

    /// <summary>
    /// The logarithm of how many times larger the kept weights are than those of the run with weight decay: <c>ln P + ln c</c>.
    /// </summary>
    /// <param name="logGrowth">ln P, as the plan has it.</param>
    /// <returns>The logarithm for the weights as they are kept.</returns>
    public double LogGrowth(double logGrowth) => Math.FusedMultiplyAdd(Exponent, LogTwo, logGrowth);

    /// <summary>The total from the next update on, where a rate that has passed a limit is brought back to between 1/4 and 1.</summary>
    /// <param name="logRate">ln lr~ of that update, as the plan has it; negative infinity for a rate of 0.</param>
    /// <param name="limit">The largest rate to make updates with; finite, at least 1.</param>
    /// <returns>This total where the rate is at most the limit; else the one with the largest c that brings it to at most 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The limit is below 1 or not finite, or the rate is not a number or infinite.
    /// </exception>
    public ScaleShift ForRate(double logRate, double limit) => For(
        double.IsNegativeInfinity(logRate) ? logRate : Require.Finite(logRate), LogRate(logRate), limit, 2 * LogTwo);

    /// <summary>
    /// The total from the next update on, where weights that have grown by more than a limit are brought back to between a half and all of
    /// what they are with weight decay.
    /// </summary>
    /// <param name="logGrowth">ln P at that update, as the plan has it; finite.</param>
    /// <param name="limit">How many times larger kept weights may be than with weight decay; finite, at least 1.</param>
    /// <returns>This total where they are at most so large; else the one with the largest c that brings <c>c P</c> to at most 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The limit is below 1 or not finite, or the logarithm is not a number or infinite.
    /// </exception>
    /// <remarks>Weights, and with them rates, then stay near those of the run with weight decay, whatever the rate.</remarks>
    public ScaleShift ForGrowth(double logGrowth, double limit) => For(Require.Finite(logGrowth), LogGrowth(logGrowth), limit, LogTwo);

    /// <summary>
    /// What weights are multiplied by, and buffers divided by, to come from this total to another: 2^(their exponents' difference).
    /// </summary>
    /// <param name="next">The total to come to.</param>
    /// <returns>A power of two; 1 where there is nothing to do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The factor or its inverse is beyond float32: the totals are more than 126 powers of two apart.
    /// </exception>
    public double FactorTo(ScaleShift next)
    {
        var difference = next.Exponent - Exponent;
        return Math.Abs(difference) <= 126
            ? Math.ScaleB(1, (int)difference)
            : throw new ArgumentOutOfRangeException(
                nameof(next),
                next,
                $"the totals are {difference} powers of two apart, which one factor cannot make up for; "
                + "give a lower limit, so that less is scaled at once.");
    }

    private ScaleShift For(double log, double kept, double limit, double perPower) =>
        kept <= Math.Log(Require.FiniteAtLeast(1, limit)) ? this : new ScaleShift(-(long)Math.Ceiling(log / perPower));
}
