using Rubato.Rewrites;

namespace Rubato.Runs.Plans;

/// <summary>The <see cref="NoiseScale"/> of a plan's updates as tables and drawings have it.</summary>
public static class PlanNoise
{
    /// <summary>The noise scale of an update: <see cref="NoiseScale.Of"/>, and 0 where the exact form is below that.</summary>
    /// <param name="plan">The plan; the size of its training set must be known.</param>
    /// <param name="update">What the update is made with.</param>
    /// <param name="form">Which formula.</param>
    /// <returns>
    /// g in the unit of the learning rate; at least 0. A batch of the whole training set or more has no noise in the exact form.
    /// </returns>
    /// <exception cref="InvalidInputException">The size of the training set is not known.</exception>
    public static double Of(TrainingPlan plan, in HyperParameters update, NoiseForm form) =>
        Math.Max(NoiseScale.Of(update, SamplesOf(plan), form), 0);

    /// <summary>The size of the training set.</summary>
    /// <exception cref="InvalidInputException">It is not known.</exception>
    internal static long SamplesOf(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Settings.SamplesPerEpoch
            ?? throw new InvalidInputException(
                new Finding(nameof(PlanSettings.SamplesPerEpoch), null, "is missing, but the noise scale depends on it", "give it"));
    }
}
