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

        // Any rate can grow while training goes on; all else is about what is planned.
        if (rewrite is { Rewrites.IsEmpty: true, Exponential: null or { Form: ExponentialForm.AnySchedule } })
        {
            return findings;
        }

        if (rate is AutoWarmupRate or PlateauRate)
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
