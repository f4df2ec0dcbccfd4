using Rubato.Numerics;

namespace Rubato.Rewrites;

/// <summary>
/// The noise scale g of stochastic gradient descent: how strongly the choice of the samples shakes the weights. With learning rate lr,
/// momentum m, batch size B and N training samples:
/// <list type="bullet">
/// <item><description><see cref="NoiseForm.Exact"/>: <c>g = lr / (1 - m) (N / B - 1)</c>;</description></item>
/// <item><description><see cref="NoiseForm.SmallBatch"/>, for B &lt;&lt; N: <c>g = lr N / ((1 - m) B)</c>.</description></item>
/// </list>
/// </summary>
/// <remarks>
/// In the unit of the learning rate; at least 0 for batches up to N. Two runs over the same samples whose g agrees at all times fluctuate
/// alike, so a decay of the rate may be written as growth of the batch. Smith, Kindermans, Ying, Le 2018, "Don't Decay the Learning Rate,
/// Increase the Batch Size", arXiv 1711.00489, sections 2 and 4. For optimizers other than SGD it is a number of the same form, without
/// that theory.
/// </remarks>
public static class NoiseScale
{
    /// <summary>The noise scale of an update.</summary>
    /// <param name="update">What the update is made with: rate finite and at least 0, batch size at least 1, momentum in [0, 1).</param>
    /// <param name="trainingSamples">The size N of the training set; at least 1.</param>
    /// <param name="form">Which formula.</param>
    /// <returns>g; negative only in the exact form, for a batch of more than N samples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double Of(in HyperParameters update, long trainingSamples, NoiseForm form)
    {
        var rate = Require.FiniteAtLeastZero(update.LearningRate, nameof(update));
        var momentum = Require.Fraction(update.Momentum, nameof(update));
        var size = Require.Positive(update.BatchSize, nameof(update));
        Require.Positive(trainingSamples);
        return rate / (1 - momentum) * form switch
        {
            NoiseForm.SmallBatch => (double)trainingSamples / size,
            NoiseForm.Exact => (double)(trainingSamples - size) / size,
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "form must be SmallBatch or Exact."),
        };
    }

    /// <summary>The noise scale that a plan asks for at a position: of its rate, its rounded batch size and its momentum there.</summary>
    /// <param name="plan">The plan; the size of its training set must be known.</param>
    /// <param name="position">In samples; at least 0, finite.</param>
    /// <param name="form">Which formula.</param>
    /// <returns>g of the parameters of no group, with the planned size of the batch also where an epoch's end cuts it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is negative or not finite.</exception>
    /// <exception cref="InvalidInputException">The size of the training set is not known.</exception>
    public static double At(TrainingPlan plan, double position, NoiseForm form)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var samples = plan.Settings.SamplesPerEpoch ?? throw new InvalidInputException(
            new Finding(nameof(PlanSettings.SamplesPerEpoch), null, "is missing, but the noise scale depends on it", "give it"));
        var size = (long)Math.Round(plan.BatchSize.At(position));
        return Of(new HyperParameters(plan.LearningRate.At(position), size, plan.Momentum.At(position), 0), samples, form);
    }

    /// <summary>
    /// By how much the rate must grow with the batch for g to stay: <c>B' / B</c>, or <c>(N / B - 1) / (N / B' - 1)</c> in the exact form.
    /// </summary>
    /// <param name="planned">B; below N in the exact form.</param>
    /// <param name="size">B'; below N in the exact form.</param>
    /// <param name="trainingSamples">N; of no effect in the form for small batches.</param>
    /// <param name="form">Which formula.</param>
    internal static double RateFactor(long planned, long size, long trainingSamples, NoiseForm form)
    {
        var ratio = (double)size / planned;
        return form == NoiseForm.SmallBatch ? ratio : ratio * ((double)(trainingSamples - planned) / (trainingSamples - size));
    }

    /// <summary>The inverse: the batch, before rounding, that lets the rate be larger by a factor while g stays.</summary>
    internal static double BatchFor(long planned, double rateFactor, long trainingSamples, NoiseForm form) =>
        form == NoiseForm.SmallBatch
            ? planned * rateFactor
            : trainingSamples / (1 + ((trainingSamples - planned) / (planned * rateFactor)));
}
