using System.Globalization;
using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// An update of an <see cref="ExponentialPlan"/>: <c>v~' = m v~ + G(w~)</c>, <c>w~' = w~ - lr~ v~'</c>, without weight decay, and how its
/// weights and buffer compare with those of the plan with weight decay before it: <c>w~ = P w</c> and <c>v~ = (v - u w) / P</c>.
/// </summary>
/// <remarks>Immutable. <c>default</c> is no update.</remarks>
public readonly record struct ExponentialUpdate
{
    // Far above what rounding leaves over where logarithms are as long as a run can make them, and far below any weight decay.
    private const double RoundingShare = 1e-9;

    /// <summary>Its number; the first is 1.</summary>
    public required long Step { get; init; }

    /// <summary>Samples seen before it.</summary>
    public required long Start { get; init; }

    /// <summary>Its global batch size in samples, as in the plan with weight decay.</summary>
    public required long BatchSize { get; init; }

    /// <summary>m, as in the plan with weight decay; in [0, 1).</summary>
    public required double Momentum { get; init; }

    /// <summary>ln lr~, with <c>lr~ = P P' lr</c>; negative infinity where the rate is 0.</summary>
    public required double LogRate { get; init; }

    /// <summary>ln P before it; at least 0, and 0 before the first.</summary>
    public required double LogGrowth { get; init; }

    /// <summary>ln P' after it; at least <see cref="LogGrowth"/>.</summary>
    public required double LogGrowthAfter { get; init; }

    /// <summary>
    /// u before it, after its <see cref="BufferCorrection"/> if it has one: what weight decay has put into the buffer, for each unit of the
    /// weights. At least 0.
    /// </summary>
    public required double BufferOffset { get; init; }

    /// <summary>u' after it.</summary>
    public required double BufferOffsetAfter { get; init; }

    /// <summary>Samples seen after it.</summary>
    public long End => Start + BatchSize;

    /// <summary>The way back: the update with weight decay that this one stands for.</summary>
    /// <returns>
    /// <c>lr = exp(ln lr~ - ln P - ln P')</c>, <c>wd = u' / (1 + lr u') - m u</c>, the same momentum and samples.
    /// </returns>
    /// <remarks>
    /// Of all pairs of rate and weight decay with the same function, that one whose weights are <c>w~ / P</c>: so there and back is the
    /// identity, also for the weight decay of an update whose rate is 0. It is exact to rounding errors: of the rate to about <c>2e-16 |ln
    /// lr~|</c>, since its logarithm has 16 digits, which is below 1e-12 for rates up to e^4000; of the weight decay, within the same
    /// range, to 1e-12 of <c>wd + m u</c>, which is <c>wd / (1 - m)</c> where it is steady, and to far less where <c>lr u</c> is small, as
    /// with momentum. What is negative within 1e-9 of that is 0.
    /// </remarks>
    /// <exception cref="InvalidInputException">No weight decay of at least 0 leads from u to u'.</exception>
    public PlannedUpdate ToWeightDecay()
    {
        var rate = Math.Exp(LogRate - LogGrowth - LogGrowthAfter);
        var pull = BufferOffsetAfter / (1 + (rate * BufferOffsetAfter));
        var decay = pull - (Momentum * BufferOffset);
        return decay >= -RoundingShare * pull
            ? new PlannedUpdate(Step, Start, new HyperParameters(rate, BatchSize, Momentum, Math.Max(decay, 0)))
            : throw new InvalidInputException(new Finding(string.Create(
                CultureInfo.InvariantCulture,
                $"a buffer offset of {ExactNumber.Text(BufferOffset)} before it "
                + $"and of {ExactNumber.Text(BufferOffsetAfter)} after it stand for "
                + $"the weight decay {NumberText.Of(decay, 6)}, but it must be at least 0"))
            {
                Place = $"update {Step}, at sample {Start}",
                Remedy = "take both from one plan",
            });
    }
}
