using Rubato.Cli.Settings;
using Rubato.Rewrites;
using Rubato.Torch.Tasks;

namespace Rubato.Cli.Commands;

/// <summary>What <c>--rewrite</c> makes of the plans of <c>rubato plan</c>.</summary>
internal sealed class PlanRewrites
{
    private readonly TrainSettings _settings;
    private readonly RewriteSequence _asked;

    /// <summary>Reads the settings.</summary>
    /// <param name="settings">All of them.</param>
    /// <param name="microBatch">The text of <c>--micro-batch</c>; null where it is not given.</param>
    /// <param name="findings">Receives a sentence where they cannot be used.</param>
    internal PlanRewrites(TrainSettings settings, string? microBatch, List<Finding> findings)
    {
        _settings = settings;
        _asked = settings.Rewrite;
        if (settings.MicroBatch is < 1 and var micro)
        {
            // The validator says so, too, but not beside a plan file.
            findings.Add(new Finding("micro-batch", micro, "it must be at least 1", "for instance --micro-batch 64"));
            _asked = new RewriteSequence();
        }
        else if (microBatch is not null && settings.Rewrite.IsEmpty)
        {
            findings.Add(
                $"--micro-batch is '{microBatch}', but it rounds the batches of --rewrite, which is not given; "
                + "add --rewrite REWRITES, or leave --micro-batch out.");
        }
        else if (microBatch is not null && _asked is { IsEmpty: false, Rewrites.IsEmpty: true })
        {
            findings.Add(
                $"--micro-batch is '{microBatch}', but it rounds the batches of --rewrite, and {_asked} changes none; "
                + "leave --micro-batch out.");
        }
    }

    /// <summary>
    /// The form that is shown of the noise scale: the exact one where a rewrite keeps that; null where nothing is rewritten.
    /// </summary>
    internal NoiseForm? Form =>
        _asked.Rewrites.IsEmpty ? null
        : _asked.Rewrites.Any(rewrite => rewrite.Form == NoiseForm.Exact) ? NoiseForm.Exact
        : NoiseForm.SmallBatch;

    /// <summary>A plan with what becomes of it.</summary>
    /// <exception cref="InvalidInputException">
    /// The plan leaves no room for a rewrite; the sentences say what to change on the command line.
    /// </exception>
    internal WrittenPlan Of(WrittenPlan written)
    {
        if (_asked.IsEmpty)
        {
            return written;
        }

        RequireRates(written);
        var plan = written.Plan;
        var rewrites = Rewriting.For(plan, _asked, _settings.MicroBatch);
        var exponential = rewrites.Exponential;
        var rewritten = Apply(plan);
        return rewritten == plan
            ? written with
            {
                Exponential = exponential,
                Notes = rewrites.Rewrites.IsEmpty ? [] : [$"{rewrites with { Exponential = null }} changes nothing here."],
            }
            : written with
            {
                Rewritten = new WrittenPlan($"{written.Name}, {NameOf(rewrites)}", rewritten)
                {
                    Exponential = exponential,
                    Notes = plan.Settings.SamplesPerEpoch is null ? [] : [.. rewrites.Warnings(plan).Select(warning => $"{warning}")],
                },
            };
    }

    // A growing rate is drawn beside the plan whose weight decay it stands for.
    private static string NameOf(RewriteSequence rewrites) => string.Join(
        ", ",
        rewrites.Rewrites
            .Select(rewrite => $"{rewrite}")
            .Concat(rewrites.Exponential is { Form: ExponentialForm.StepsWithoutDrops } ? ["constant rate"] : []));

    private void RequireRates(WrittenPlan written)
    {
        if (_asked.Exponential is { } exponential && (written.IsOfShares || written.IsOfRange))
        {
            throw new InvalidInputException(
                $"--rewrite is '{_settings.Rewrite}', but the learning rate is found when training begins, "
                + $"and how {exponential} grows depends on it; name a rate, or leave {exponential} out.");
        }
    }

    private TrainingPlan Apply(TrainingPlan plan)
    {
        try
        {
            return Rewriting.Apply(_asked, plan, _settings.MicroBatch);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(WithFlags)], exception);
        }
    }

    // Here the size of the training set has two flags.
    private static Finding WithFlags(Finding finding) => finding.Setting == nameof(PlanSettings.SamplesPerEpoch)
        ? finding with { Remedy = "add --data-size N or --data SET, or give a largest batch and the form for small batches" }
        : finding;
}
