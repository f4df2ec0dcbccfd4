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

        // Any rate can grow while training goes on; all else is about what is planned.
        if (rewrite is { Rewrites.IsEmpty: true, Exponential: null or { Form: ExponentialForm.AnySchedule } })
        {
            return;
        }

        if (settings.LearningRate is AutoWarmupRate or PlateauRate)
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
