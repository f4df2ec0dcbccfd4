using System.Collections.Immutable;

namespace Rubato.Cli.Settings;

/// <summary>The one place where the ranges of a verification's settings are checked, whether they came from flags or a program.</summary>
internal static class VerifySettingsValidator
{
    /// <summary>All findings, one sentence each: flag, value, rule, remedy.</summary>
    /// <param name="settings">What to check.</param>
    /// <returns>Empty where all is well.</returns>
    public static ImmutableArray<Finding> FindingsIn(VerifySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var findings = new List<Finding>();
        Require(
            findings,
            settings.Updates is null or >= 1,
            $"--updates is {settings.Updates}; it must be at least 1, for instance --updates 300.");
        Require(findings, settings.Every >= 1, $"--every is {settings.Every}; it must be at least 1, for instance --every 10.");
        Require(findings, settings.Probe >= 1, $"--probe is {settings.Probe}; it must be at least 1, for instance --probe 256.");
        Require(
            findings,
            settings.Tolerance is null or (> 0 and <= double.MaxValue),
            $"--tolerance is {settings.Tolerance}; it must be a finite number above 0, for instance --tolerance 1e-8.");
        AddClaim(settings.Training, findings);
        if (settings.Training.LearningRate is RehearsedRate or RangeTestedRate)
        {
            findings.Add(
                $"--lr is '{settings.Training.LearningRate}', which is found before a run; "
                + "give a rate to verify with, for instance --lr 0.1.");
        }

        findings.AddRange(TrainSettingsValidator.FindingsIn(TrainingOf(settings)));
        return [.. findings];
    }

    /// <summary>The training with any sound folder, and with a rate.</summary>
    internal static TrainSettings TrainingOf(VerifySettings settings) => settings.Training with
    {
        LearningRate = settings.Training.LearningRate ?? Rate.Usual,
        Out = "runs",
        Name = null,
    };

    private static void Require(List<Finding> findings, bool holds, string sentence)
    {
        if (!holds)
        {
            findings.Add(sentence);
        }
    }

    private static void AddClaim(TrainSettings training, List<Finding> findings)
    {
        var rewrites = training.Rewrite;
        if (rewrites.IsEmpty)
        {
            findings.Add("--rewrite is missing; name the rewrite to verify, for instance --rewrite exponential.");
        }
        else if (rewrites.Exponential is null)
        {
            findings.Add(
                $"--rewrite is '{training.Rewrite}', which claims the same noise of the updates and not the same function; "
                + "only exponential, texp and texp-- claim that, "
                + $"for instance --rewrite \"{training.Rewrite}, exponential\".");
        }
    }
}
