using Rubato.Rewrites;

namespace Rubato.Torch.Tasks;

/// <summary>Rewrites a plan whose batches may be computed in micro-batches.</summary>
internal static class Rewriting
{
    /// <summary>The rewrites, with batches that are whole multiples of the micro-batch if the plan's first batch holds one.</summary>
    /// <param name="rewrite">The rewrites; those with a multiple of their own keep it.</param>
    /// <param name="plan">The plan before it is rewritten.</param>
    /// <param name="microBatch">The largest batch that is computed at once, in samples; null for the whole.</param>
    /// <returns>The rewrites.</returns>
    public static RewriteSequence For(TrainingPlan plan, RewriteSequence rewrite, int? microBatch)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(rewrite);
        return MultipleFor(microBatch, plan.At(0).BatchSize) is { } multiple ? rewrite.WithMultiple(multiple) : rewrite;
    }

    /// <summary>Rewrites a plan.</summary>
    /// <param name="rewrite">The rewrites.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="microBatch">The largest batch that is computed at once, in samples; null for the whole.</param>
    /// <returns>What <see cref="RewriteSequence.Apply(TrainingPlan)"/> makes of it with <see cref="For"/>.</returns>
    /// <exception cref="InvalidInputException">The plan leaves no room for a rewrite, or does not meet its conditions.</exception>
    public static TrainingPlan Apply(RewriteSequence rewrite, TrainingPlan plan, int? microBatch)
    {
        try
        {
            return For(plan, rewrite, microBatch).Apply(plan);
        }
        catch (InvalidInputException exception)
        {
            var findings = exception.Findings.Select(finding =>
                finding.Setting == nameof(PlanSettings.SamplesPerEpoch)
                    ? finding
                    : finding.Under(nameof(TrainingTask.Rewrite), $"{rewrite}"));
            throw new InvalidInputException([.. findings], exception);
        }
    }

    /// <summary>The default multiple of changed batches: the micro-batch if it is at most the first batch, otherwise null.</summary>
    /// <param name="microBatch">The micro-batch, in samples; null for none.</param>
    /// <param name="firstBatch">The first batch, in samples.</param>
    /// <returns>The size, or null.</returns>
    public static long? MultipleFor(int? microBatch, long firstBatch) => microBatch is { } micro && micro <= firstBatch ? micro : null;
}
