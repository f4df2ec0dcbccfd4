using Rubato.Rewrites;

namespace Rubato.Training.Setup;

/// <summary>The rewrites of a plan that settings ask for.</summary>
public static class RewritesOf
{
    // Of rates so low no condition about their size is left.
    private const double NextToNothing = 1e-12;

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
        return MultipleOf(settings, plan.At(0).BatchSize) is { } multiple ? rewrites.WithMultiple(multiple) : rewrites;
    }

    /// <summary>What changed batches are multiples of, where nobody says: the micro-batch, if the first batch holds one; else null.</summary>
    internal static long? MultipleOf(TrainSettings settings, long firstBatch) => settings.MicroBatch is { } micro && micro <= firstBatch ? micro : null;

    /// <summary>The plan with the rewrites that settings ask for.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="plan">The plan before it is rewritten.</param>
    /// <returns>
    /// The rewritten plan; the plan itself where no rewrites are asked for. With an exponential form it is the plan whose function is trained, as
    /// <see cref="RewriteSequence.Apply(TrainingPlan)"/> has it.
    /// </returns>
    /// <exception cref="InvalidInputException">
    /// <c>--rewrite</c> cannot be read, or the plan leaves no room for it, or does not meet its conditions; sentences that name it.
    /// </exception>
    public static TrainingPlan Apply(TrainSettings settings, TrainingPlan plan) => Apply(settings, plan, Of(settings, plan));

    /// <summary>
    /// The same for a plan whose rate is in shares of one that is still to be found, or that a controller decides about: of an exponential form only the conditions
    /// that any rates of this shape must meet are checked, and the plan is not brought into it.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// <c>--rewrite</c> cannot be read, or the plan leaves no room for it, or its shape does not meet the conditions; sentences that name it.
    /// </exception>
    internal static TrainingPlan ApplyToShares(TrainSettings settings, TrainingPlan plan)
    {
        var rewrites = Of(settings, plan);
        if (rewrites.Exponential is { Form: not ExponentialForm.AnySchedule })
        {
            _ = Apply(settings, Scaled(plan, NextToNothing), rewrites);
        }

        return Apply(settings, plan, rewrites with { Exponential = null });
    }

    private static TrainingPlan Scaled(TrainingPlan plan, double factor) => new(plan.Settings with
    {
        LearningRate = plan.Settings.LearningRate.Scale(factor),
        Groups = [.. plan.Settings.Groups.Select(group => group with { LearningRate = group.LearningRate?.Scale(factor) })],
    });

    private static TrainingPlan Apply(TrainSettings settings, TrainingPlan plan, RewriteSequence rewrites)
    {
        try
        {
            return rewrites.Apply(plan);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => $"--rewrite is '{settings.Rewrite}': {finding}")], exception);
        }
    }
}
