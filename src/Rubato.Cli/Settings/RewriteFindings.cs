using Rubato.Cli.Catalog;
using Rubato.Rewrites;
using Rubato.Torch.Optimizers;

namespace Rubato.Cli.Settings;

/// <summary>Problems with <c>--rewrite</c> that can be found before the data are loaded.</summary>
internal static class RewriteFindings
{
    internal static void Add(TrainSettings settings, List<Finding> findings)
    {
        var rewrite = settings.Rewrite;
        if (rewrite.Exponential is not null && !CanGrow(settings.Optimizer))
        {
            findings.Add(
                $"--rewrite is '{rewrite}', but --optimizer is '{settings.Optimizer}': weight decay can be written as a growing rate "
                + "only for sgd with heavy-ball momentum and a buffer that is kept; choose --optimizer sgd, or leave the rewrite out.");
        }

        // Any rate can grow while training goes on; all else is about what is planned.
        if (rewrite is { Rewrites.IsEmpty: true, Exponential: null or { Form: ExponentialForm.AnySchedule } })
        {
            return;
        }

        if (settings.LearningRate is AutoWarmupRate or PlateauRate)
        {
            findings.Add(
                $"--rewrite is '{rewrite}', but --lr is '{settings.LearningRate}': the rate is decided while training goes on, "
                + "and no plan knows it before; leave --rewrite out.");
        }

        if (settings.Batch is GrowingBatch)
        {
            findings.Add(
                $"--rewrite is '{rewrite}', but --batch is '{settings.Batch}': the batch is decided while training goes on, "
                + "and no plan knows it before; leave --rewrite out.");
        }
    }

    // One that cannot be read has its own finding.
    private static bool CanGrow(string optimizer)
    {
        try
        {
            using var none = OptimizerCatalog.Parse(optimizer).Create([]);
            return none is Sgd { HasExponentialForm: true };
        }
        catch (InvalidInputException)
        {
            return true;
        }
    }
}
