using Rubato.Cli.Catalog;
using Rubato.Rewrites;

namespace Rubato.Cli.Settings;

/// <summary>Problems with <c>--rewrite</c> that can be found before the data are loaded.</summary>
internal static class RewriteFindings
{
    internal static void Add(TrainSettings settings, List<Finding> findings)
    {
        var rewrite = settings.Rewrite;
        if (rewrite.Exponential is not null && !CanGrow(settings.Optimizer))
        {
            findings.Add(new Finding(
                "rewrite",
                rewrite,
                $"but --optimizer is '{settings.Optimizer}': weight decay can be written as a growing rate "
                    + "only for sgd with heavy-ball momentum and a buffer that is kept",
                "choose --optimizer sgd, or leave the rewrite out"));
        }

        // Any rate can grow while training goes on, but for one that goes by how far the weights move; all else is about what is planned.
        var isGrowing = rewrite.Exponential is { Form: ExponentialForm.AnySchedule } && settings.LearningRate is not PolyakRate;
        if (rewrite.Rewrites.IsEmpty && (rewrite.Exponential is null || isGrowing))
        {
            return;
        }

        if (settings.LearningRate is AutoWarmupRate or PlateauRate or PolyakRate)
        {
            findings.Add(Undecided("lr", settings.LearningRate, "rate"));
        }

        if (settings.Batch is GrowingBatch)
        {
            findings.Add(Undecided("batch", settings.Batch, "batch"));
        }

        Finding Undecided(string name, object value, string what) => new(
            "rewrite",
            rewrite,
            $"but --{name} is '{value}': the {what} is decided while training goes on, and no plan knows it before",
            "leave --rewrite out");
    }

    // One that cannot be read has its own finding.
    private static bool CanGrow(string optimizer)
    {
        try
        {
            return OptimizerCatalog.Parse(optimizer).HasExponentialForm;
        }
        catch (InvalidInputException)
        {
            return true;
        }
    }
}
