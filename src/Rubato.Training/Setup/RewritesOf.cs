using Rubato.Plans;
using Rubato.Rewrites;

namespace Rubato.Training.Setup;

/// <summary>The rewrites of a plan that settings ask for.</summary>
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
        return MultipleOf(settings, plan.At(0).BatchSize) is { } multiple ? rewrites.WithMultiple(multiple) : rewrites;
    }

    /// <summary>What changed batches are multiples of, where nobody says: the micro-batch, if the first batch holds one; else null.</summary>
    internal static long? MultipleOf(TrainSettings settings, long firstBatch) => settings.MicroBatch is { } micro && micro <= firstBatch ? micro : null;

    /// <summary>The plan with the rewrites that settings ask for.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="plan">The plan before it is rewritten.</param>
    /// <returns>The rewritten plan; the plan itself where no rewrites are asked for.</returns>
    /// <exception cref="InvalidInputException"><c>--rewrite</c> cannot be read, or the plan leaves no room for it; one sentence that names it.</exception>
    public static TrainingPlan Apply(TrainSettings settings, TrainingPlan plan)
    {
        var rewrites = Of(settings, plan);
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
