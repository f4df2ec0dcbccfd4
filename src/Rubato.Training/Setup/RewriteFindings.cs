using Rubato.Language;
using Rubato.Rewrites;
using Rubato.Torch.Optimizers;

namespace Rubato.Training.Setup;

/// <summary>What stands against the rewrites that settings ask for, before there is a plan: what becomes of that is seen when the size of the training set is known.</summary>
internal static class RewriteFindings
{
    internal static void Add(TrainSettings settings, List<string> findings)
    {
        RewriteSequence? rewrites = null;
        try
        {
            rewrites = RewriteSequence.Parse(settings.Rewrite, "--rewrite");
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
        }

        if (rewrites?.Exponential is not null && !CanGrow(settings.Optimizer))
        {
            findings.Add(
                $"--rewrite is '{settings.Rewrite}', but --optimizer is '{settings.Optimizer}': weight decay can be written as a growing rate only for sgd with heavy-ball momentum and a buffer that is kept; choose --optimizer sgd, or leave the rewrite out.");
        }

        // Any rate can grow while training goes on; all else is about what is planned.
        if (rewrites is { Rewrites.IsEmpty: true, Exponential: null or { Form: ExponentialForm.AnySchedule } })
        {
            return;
        }

        if (settings.LearningRate is { } rate && ControllerText.IsController(rate))
        {
            findings.Add($"--rewrite is '{settings.Rewrite}', but --lr is '{rate}': the rate is decided while training goes on, and no plan knows it before; leave --rewrite out.");
        }

        if (AdaptiveBatchText.Is(settings.Batch))
        {
            findings.Add($"--rewrite is '{settings.Rewrite}', but --batch is '{settings.Batch}': the batch is decided while training goes on, and no plan knows it before; leave --rewrite out.");
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
