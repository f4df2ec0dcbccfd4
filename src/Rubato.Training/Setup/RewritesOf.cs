using Rubato.Plans;
using Rubato.Rewrites;

namespace Rubato.Training.Setup;

/// <summary>The rewrites that settings ask for.</summary>
public static class RewritesOf
{
    /// <summary>
    /// The rewrites of a plan. Where the first planned batch is computed in micro-batches, changed batches are whole multiples of the
    /// micro-batch; a larger micro-batch limits nothing yet, and a rewrite that says a multiple keeps its own.
    /// </summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="plan">The plan before it is rewritten.</param>
    /// <returns>The rewrites; none where none are asked for.</returns>
    /// <exception cref="InvalidInputException"><c>--rewrite</c> cannot be read; one sentence with the column.</exception>
    public static RewriteSequence Of(TrainSettings settings, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(plan);
        var rewrites = RewriteSequence.Parse(settings.Rewrite, "--rewrite");
        return settings.MicroBatch is { } micro && micro <= plan.At(0).BatchSize ? rewrites.WithMultiple(micro) : rewrites;
    }

    /// <summary>Whether the theory that rewrites rest on is about the optimizer that settings name: stochastic gradient descent.</summary>
    /// <param name="settings">What is asked for; without findings of <see cref="TrainSettingsValidator"/>.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="InvalidInputException">The optimizer cannot be read.</exception>
    public static bool AreOfSgd(TrainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return OptimizerSettings.From(settings).IsSgd;
    }
}
