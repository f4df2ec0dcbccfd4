using Rubato.Rewrites;

namespace Rubato.Torch.Tasks;

/// <summary>What no rewrite can be applied to.</summary>
internal static class RewriteLimits
{
    /// <summary>The findings about the rewrites of a training.</summary>
    /// <param name="settings">How it trains.</param>
    /// <param name="rate">The learning rate.</param>
    internal static IReadOnlyList<Finding> Findings(TrainerSettings settings, Rate rate)
    {
        var (rewrite, findings) = (settings.Rewrite, new List<Finding>());
        if (rewrite.Exponential is not null && !settings.Optimizer.HasExponentialForm)
        {
            findings.Add(new Finding(
                nameof(TrainerSettings.Rewrite),
                rewrite,
                $"but the optimizer is {settings.Optimizer.Name}: weight decay can be written as a growing rate "
                    + "only for SGD with heavy-ball momentum",
                "choose OptimizerChoice.Sgd(), or leave the rewrite out"));
        }

        // Any rate can grow while training goes on, but for one that goes by how far the weights move; all else is about what is planned.
        var isGrowing = rewrite.Exponential is { Form: ExponentialForm.AnySchedule } && rate is not PolyakRate;
        if (rewrite.Rewrites.IsEmpty && (rewrite.Exponential is null || isGrowing))
        {
            return findings;
        }

        if (rate is AutoWarmupRate or PlateauRate or PolyakRate)
        {
            findings.Add(Undecided(rate, "rate"));
        }

        if (settings.BatchSize is GrowingBatch batch)
        {
            findings.Add(Undecided(batch, "batch"));
        }

        return findings;

        Finding Undecided(object value, string what) => new(
            nameof(TrainerSettings.Rewrite),
            rewrite,
            $"but the {what} is {value}, which is decided while training goes on, and no plan knows it before",
            "leave the rewrite out");
    }
}
