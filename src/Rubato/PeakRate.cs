using Rubato.Numerics;
using Rubato.Schedules;

namespace Rubato;

/// <summary>
/// The peak of a linear warm-up that is followed by a cosine to 0: <c>warmup(cosine(PEAK -> 0), SHARE, from 0.04)</c>. Text: the number.
/// </summary>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record PeakRate : Rate
{
    /// <summary>The share of a run that warms up where nobody says.</summary>
    internal const double Share = 0.05;

    /// <summary>
    /// Where a warm-up begins, as a share of its peak: one-cycle's 1/25 instead of 0, so that the first update is not lost.
    /// </summary>
    internal const double WarmupStart = 0.04;

    /// <summary>A rate.</summary>
    /// <param name="peak">Finite, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="peak"/> is not.</exception>
    public PeakRate(double peak)
    {
        if (!(double.IsFinite(peak) && peak > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(peak), peak, "peak must be a finite number above 0.");
        }

        Peak = peak;
    }

    /// <summary>The highest rate.</summary>
    public double Peak { get; }

    /// <summary>0.05.</summary>
    public override double? UsualWarmup => Share;

    /// <inheritdoc/>
    public override Schedule PlanRate(Duration length, double? epochs, double? warmup = null)
    {
        var share = RequireShare(warmup ?? Share);
        var decay = new Cosine(Peak, 0);
        return share > 0 ? new Warmup(decay, Duration.Share(share), WarmupStart) : decay;
    }

    private protected override string Print() => ExactNumber.Text(Peak);
}
