using System.Text.Json.Serialization;
using Rubato.Numerics;

namespace Rubato.Control;

/// <summary>
/// Exponential moving averages of <see cref="GradientNoise.SquaredNorm"/> and <see cref="GradientNoise.Trace"/>, apart from each other, and
/// the noise scale that follows from the two.
/// </summary>
/// <remarks>
/// <para>
/// After n measurements <c>x_1 .. x_n</c> with decay d each mean is <c>sum d^(n - i) x_i / sum d^(n - i)</c>: that of Adam with its
/// correction for the start at 0. The quotient of the two means is an estimate of <c>B_simple = tr(Sigma) / |G|^2</c>, and so of the
/// critical batch size; the mean of quotients is not. McCandlish, Kaplan, Amodei and others 2018, "An Empirical Model of Large-Batch
/// Training", arXiv 1812.06162, appendix A.1.
/// </para>
/// <para>
/// Why 0.99: in simulations with 8 micro-batches, a batch of a quarter of the critical one, and noise of equal strength in 30 directions, 9
/// of 10 averages are within a factor of 1.2 of the truth; with a decay of 0.9, and with the first 20 measurements alone, within 1.75. With
/// 300 directions the factors are 1.06 and 1.17; with 30 and a sixteenth of the critical batch, 1.9 and none. Immutable; <c>default</c> is
/// empty.
/// </para>
/// </remarks>
public readonly record struct NoiseAverage
{
    /// <summary>The decay that lets the last 100 measurements count: the weight of older ones is 0.37 in all.</summary>
    public const double UsualDecay = 0.99;

    /// <summary>
    /// The decay that lets the last tenth of all measurements count, and 20 at least: for following a whole run, over which <c>|G|^2</c>
    /// falls by a factor of hundreds, so that a mean of a set length is either that of the run's beginning or, later on, too noisy.
    /// </summary>
    /// <param name="count">How many measurements there are with the next one; at least 1.</param>
    /// <returns>In (0, 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static double TrailingDecay(long count) => 1 - (1 / Math.Max(20, Require.Positive(count) / 10.0));

    /// <summary>How many measurements there must be for an answer.</summary>
    public const int Fewest = 5;

    /// <summary>How many measurements were added; at least 0.</summary>
    public long Count { get; init; }

    /// <summary>The mean of <see cref="GradientNoise.SquaredNorm"/>; 0 where there is none. It may be negative.</summary>
    public double SquaredNorm { get; init; }

    /// <summary>The mean of <see cref="GradientNoise.Trace"/>; 0 where there is none. It may be negative.</summary>
    public double Trace { get; init; }

    /// <summary>
    /// The noise scale in samples, <c>Trace / SquaredNorm</c>, an estimate of the critical batch size; at least 0. Null before
    /// <see cref="Fewest"/> measurements, and where the noise leaves no answer: a mean squared norm of 0 or below, a negative mean trace, a
    /// quotient beyond all numbers.
    /// </summary>
    [JsonIgnore]
    public double? NoiseScale =>
        Count >= Fewest && SquaredNorm > 0 && Trace >= 0 && double.IsFinite(Trace / SquaredNorm) ? Trace / SquaredNorm : null;

    /// <summary>The averages with one more measurement; one that is not finite is left out.</summary>
    /// <param name="noise">The measurement.</param>
    /// <param name="decay">The factor on the weight of the older ones, the same for all; in [0, 1).</param>
    /// <returns>The averages after it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is out of its range.</exception>
    public NoiseAverage Add(GradientNoise noise, double decay = UsualDecay)
    {
        _ = Require.Fraction(decay);
        if (!double.IsFinite(noise.SquaredNorm) || !double.IsFinite(noise.Trace))
        {
            return this;
        }

        var count = Count + 1;
        var weight = (1 - decay) / (1 - Math.Pow(decay, count));
        return new NoiseAverage
        {
            Count = count,
            SquaredNorm = ((1 - weight) * SquaredNorm) + (weight * noise.SquaredNorm),
            Trace = ((1 - weight) * Trace) + (weight * noise.Trace),
        };
    }

    /// <summary>What is wrong with averages that were restored; null where nothing is.</summary>
    internal string? Finding() => Count >= 0 && double.IsFinite(SquaredNorm) && double.IsFinite(Trace)
        ? null
        : FormattableString.Invariant(
            $"{Count} measurements with the means {SquaredNorm} and {Trace}; there must be at least 0, and the means finite");
}
