namespace Rubato.Rewrites;

/// <summary>
/// What a run of <see cref="ExponentialRewrites.Texp"/> adds to its momentum buffer before an update, and before the buffer is multiplied
/// by the momentum: <c>v~ += Amount exp(-2 LogGrowth) w~</c>. Of the first update it is the buffer that the run begins with.
/// </summary>
/// <param name="Step">The update before which it is made; the first is 1.</param>
/// <param name="Start">Samples seen before it.</param>
/// <param name="Amount">
/// By how much the offset u of <see cref="ExponentialUpdate.BufferOffset"/> falls there: that of the last phase, or 0, less that of the new
/// one. In the unit of weight decay; finite.
/// </param>
/// <param name="LogGrowth">ln P at the update; at least 0.</param>
/// <remarks>
/// <para>
/// The momentum correction of Li and Arora 2019, arXiv 1910.07454, Definition 2.11, derived here from <c>v~ = (v - u w) / P</c>. Between
/// phases I - 1 and I of one momentum the coefficient is <c>(lr_I / lr_(I-1) (1 / a_(I-1) - 1) - (1 / a_I - 1)) / (a_I lr~_T)</c> in the
/// terms of <see cref="SteadyGrowth.Alpha"/>, since <c>u = (1 / a - 1) / lr</c> and <c>lr~_T = P_T^2 lr_I / a_I</c>; at the start it is
/// <c>-(1 - a) / (a lr)</c>.
/// </para>
/// <para>
/// Where weights are kept as <c>c w~</c> and buffers as <c>v~ / c</c> (see <see cref="ScaleShift"/>), the coefficient is divided by c^2.
/// Immutable.
/// </para>
/// </remarks>
public readonly record struct BufferCorrection(long Step, long Start, double Amount, double LogGrowth)
{
    /// <summary>
    /// The coefficient <c>Amount exp(-2 LogGrowth)</c> of the weights; 0 where P is too large for it, from about e^370 on.
    /// </summary>
    public double Coefficient => Amount * Math.Exp(-2 * LogGrowth);

    /// <summary>The coefficient where weights and buffer are kept shifted: <c>Amount exp(-2 LogGrowth) / c^2</c>.</summary>
    /// <param name="shift">The running total of the shifts.</param>
    /// <returns>What the kept weights are multiplied by and added to the kept buffer.</returns>
    public double CoefficientAt(ScaleShift shift) => Amount * Math.Exp(-2 * shift.LogGrowth(LogGrowth));
}
