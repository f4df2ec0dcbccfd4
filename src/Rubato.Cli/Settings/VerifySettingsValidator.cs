using System.Collections.Immutable;

namespace Rubato.Cli.Settings;

/// <summary>The one place where the ranges of a verification's settings are checked, whether they came from flags or a program.</summary>
internal static class VerifySettingsValidator
{
    /// <summary>All findings, each about a setting by its name.</summary>
    /// <param name="settings">What to check.</param>
    /// <returns>Empty where all is well.</returns>
    public static ImmutableArray<Finding> FindingsIn(VerifySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var findings = new List<Finding>();
        var closeness = settings.Closeness;
        Require(findings, "updates", closeness.Updates, closeness.Updates is null or >= 1, "it must be at least 1", "300");
        Require(findings, "every", closeness.Every, closeness.Every >= 1, "it must be at least 1", "10");
        Require(findings, "probe", closeness.Probe, closeness.Probe >= 1, "it must be at least 1", "256");
        Require(
            findings,
            "tolerance",
            closeness.Tolerance,
            closeness.Tolerance is null or (> 0 and <= double.MaxValue),
            "it must be a finite number above 0",
            "1e-8");
        AddClaim(settings.Training, findings);
        if (settings.Training.LearningRate is RehearsedRate or RangeTestedRate)
        {
            findings.Add(new Finding(
                "lr",
                settings.Training.LearningRate,
                "which is found before a run",
                "give a rate to verify with, for instance --lr 0.1"));
        }

        findings.AddRange(TrainSettingsValidator.FindingsIn(TrainingOf(settings)));
        return [.. findings];
    }

    /// <summary>The training with any sound folder, and with a rate; no epoch of it is chosen.</summary>
    internal static TrainSettings TrainingOf(VerifySettings settings) => settings.Training with
    {
        LearningRate = settings.Training.LearningRate ?? Rate.Usual,
        Best = null,
        StopEarly = null,
        Out = "runs",
        Name = null,
    };

    private static void Require(List<Finding> findings, string name, object? value, bool holds, string rule, string example)
    {
        if (!holds)
        {
            findings.Add(new Finding(name, value, rule, $"for instance --{name} {example}"));
        }
    }

    private static void AddClaim(TrainSettings training, List<Finding> findings)
    {
        var rewrites = training.Rewrite;
        if (rewrites.IsEmpty)
        {
            findings.Add(new Finding(
                "rewrite", null, "is missing", "name the rewrite to verify, for instance --rewrite exponential"));
        }
        else if (rewrites.Exponential is null)
        {
            findings.Add(new Finding(
                "rewrite",
                training.Rewrite,
                "which claims the same noise of the updates and not the same function",
                "only exponential, texp and texp-- claim that, "
                    + $"for instance --rewrite \"{training.Rewrite}, exponential\""));
        }
    }
}
