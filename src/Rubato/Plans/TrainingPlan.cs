using Rubato.Numerics;
using Rubato.Schedules;
using Rubato.Schedules.Curves;

namespace Rubato.Plans;

/// <summary>
/// Schedules over one budget: learning rate, momentum and weight decay as functions of the samples seen, with one global batch size.
/// </summary>
/// <remarks>
/// The value at a position is what the update that <em>starts</em> there is made with: the first update uses position 0.
/// Equality is by value. Immutable and safe for use by several threads.
/// </remarks>
public sealed record TrainingPlan
{
    /// <summary>The learning rate over samples.</summary>
    public required Schedule LearningRate { get; init; }

    /// <summary>Momentum, or beta1 for Adam's family, over samples.</summary>
    public required Schedule Momentum { get; init; }

    /// <summary>The weight decay over samples.</summary>
    public required Schedule WeightDecay { get; init; }

    /// <summary>The global batch size in samples; at least 1.</summary>
    public required long BatchSize { get; init => field = Require.Positive(value, nameof(BatchSize)); }

    /// <summary>The budget in samples; at least 1.</summary>
    public required long Samples { get; init => field = Require.Positive(value, nameof(Samples)); }

    /// <summary>
    /// Linear warm-up from <c>peakRate / 25</c> over <paramref name="warmupFraction"/> of the budget, then a cosine to 0 at its end; batch
    /// size, momentum and weight decay constant.
    /// </summary>
    /// <param name="peakRate">The highest rate; above 0.</param>
    /// <param name="samples">The budget in samples; at least 1.</param>
    /// <param name="batchSize">The global batch size; at least 1.</param>
    /// <param name="momentum">In [0, 1).</param>
    /// <param name="weightDecay">At least 0.</param>
    /// <param name="warmupFraction">The share of the budget that warms up; in [0, 1).</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <remarks>
    /// The shape of Goyal et al. 2017 (arXiv 1706.02677, section 2.2: gradual warm-up) and Loshchilov and Hutter 2017 (cosine); the
    /// starting share 1/25 is one-cycle's usual <c>div_factor</c>, chosen over 0 so that the first update is not lost.
    /// </remarks>
    public static TrainingPlan WarmupCosine(
        double peakRate, long samples, long batchSize, double momentum, double weightDecay, double warmupFraction = 0.05)
    {
        Require.Positive(peakRate);
        Require.Positive(samples);
        var warmup = Require.Fraction(warmupFraction) * samples;
        return new TrainingPlan
        {
            LearningRate = new Linear(peakRate / 25, peakRate, warmup).Then(new Cosine(peakRate, 0, samples - warmup)),
            Momentum = new Constant(Require.Fraction(momentum)),
            WeightDecay = new Constant(Require.FiniteAtLeastZero(weightDecay)),
            BatchSize = batchSize,
            Samples = samples,
        };
    }

    /// <summary>What the update that starts at a position is made with.</summary>
    /// <param name="samples">Samples seen before the update; at least 0.</param>
    /// <returns>The hyper-parameters.</returns>
    public HyperParameters At(long samples) =>
        new(LearningRate.At(samples), BatchSize, Momentum.At(samples), WeightDecay.At(samples));
}
