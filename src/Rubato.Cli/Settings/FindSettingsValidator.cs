using System.Collections.Immutable;
using Rubato.Language;
using Rubato.Numerics;
using Rubato.RangeTests;

namespace Rubato.Cli.Settings;

/// <summary>The one place where the ranges of a range test's settings are checked, whether they came from flags or a program.</summary>
/// <remarks>What needs the data to judge, or the optimizer's usual rate, is left to <see cref="SweepBuilder"/>.</remarks>
internal static class FindSettingsValidator
{
    private const int MostRepeats = 100;

    // Any sound rate: the settings' own is not used.
    private static readonly Rate AnyRate = new ScheduledRate(1);

    /// <summary>All findings, each about a setting by its name.</summary>
    /// <param name="settings">What to check.</param>
    /// <returns>Empty where all is well.</returns>
    public static ImmutableArray<Finding> FindingsIn(FindSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var findings = new List<Finding>();
        AddRates(settings, findings);
        AddLength(settings, findings);
        if (settings.Repeats is < 1 or > MostRepeats)
        {
            findings.Add(new Finding(
                "repeats", settings.Repeats, $"it must be at least 1 and at most {MostRepeats}", "for instance --repeats 3"));
        }

        if (!(double.IsFinite(settings.DivergeThreshold) && settings.DivergeThreshold > 1))
        {
            findings.Add(new Finding(
                "diverge-threshold",
                settings.DivergeThreshold,
                "it must be a finite number above 1",
                "for instance --diverge-threshold 4"));
        }

        AddAccuracy(settings, findings);
        if (RangeRule.Find(settings.Suggestion.Rule) is null)
        {
            string[] known = [.. RangeRule.All.Select(rule => rule.Name)];
            findings.Add(new Finding(
                "rule",
                settings.Suggestion.Rule,
                $"it must be one of {string.Join(", ", known)}",
                Suggestion.Nearest(settings.Suggestion.Rule, known) is { } nearest ? $"Did you mean '{nearest}'?" : null));
        }

        findings.AddRange(Variants(settings).SelectMany(training => TrainSettingsValidator.FindingsIn(training)).Distinct());
        return [.. findings];
    }

    /// <summary>The trainings that are compared, with any sound rate: every momentum with every weight decay.</summary>
    internal static IEnumerable<TrainSettings> Variants(FindSettings settings)
    {
        var sound = settings.Training with
        {
            LearningRate = AnyRate,
            Warmup = null,
            Epochs = null,
            Length = null,
            Rewrite = new(),
            MeasureNoise = null,
            Guard = null,
            Out = "runs",
            Name = null,
        };
        return from momentum in settings.Momenta.IsEmpty ? [sound.Momentum] : settings.Momenta.AsEnumerable<Schedule?>()
               from decay in settings.WeightDecays.IsEmpty ? [sound.WeightDecay] : settings.WeightDecays.AsEnumerable<Schedule?>()
               select sound with { Momentum = momentum, WeightDecay = decay };
    }

    private static void AddRates(FindSettings settings, List<Finding> findings)
    {
        var (start, end) = (settings.StartLr, settings.EndLr);
        AddRate("start-lr", start, "1e-5", findings);
        AddRate("end-lr", end, "10", findings);
        if (IsRate(start) && IsRate(end) && start >= end)
        {
            var last = ExactNumber.Text(end ?? double.NaN);
            findings.Add(new Finding(
                "start-lr", start, $"but --end-lr is {last}, and the rate must rise", $"write a --start-lr below {last}"));
        }
    }

    private static void AddRate(string name, double? rate, string example, List<Finding> findings)
    {
        if (rate is not null && !IsRate(rate))
        {
            findings.Add(new Finding(name, rate, "it must be a finite number above 0", $"for instance --{name} {example}"));
        }
    }

    private static bool IsRate(double? rate) => rate is > 0 and <= double.MaxValue;

    private static void AddLength(FindSettings settings, List<Finding> findings)
    {
        if (settings.Iterations is < RangeTest.FewestUpdates or > int.MaxValue)
        {
            findings.Add(new Finding(
                "iterations",
                settings.Iterations,
                $"it must be at least {RangeTest.FewestUpdates} and at most {int.MaxValue}",
                "for instance --iterations 400"));
        }

        if (settings.Epochs is not (null or (> 0 and <= double.MaxValue)))
        {
            findings.Add(new Finding("epochs", settings.Epochs, "it must be a finite number above 0", "for instance --epochs 1"));
        }

        if (settings is { Iterations: { } iterations, Epochs: { } epochs })
        {
            findings.Add(new Finding(
                "iterations", iterations, $"and --epochs is {ExactNumber.Text(epochs)}, which says the same", "leave one of them out"));
        }
    }

    private static void AddAccuracy(FindSettings settings, List<Finding> findings)
    {
        if (settings.AccuracyEvery is < 0)
        {
            findings.Add(new Finding(
                "accuracy-every",
                settings.AccuracyEvery,
                "it must be at least 1, or 0 for never",
                "for instance --accuracy-every 20"));
        }

        if (settings.AccuracySamples is < 1)
        {
            findings.Add(new Finding(
                "accuracy-samples", settings.AccuracySamples, "it must be at least 1", "for instance --accuracy-samples 500"));
        }
        else if (settings is { AccuracySamples: { } samples, AccuracyEvery: 0 })
        {
            findings.Add(new Finding(
                "accuracy-samples",
                samples,
                "but --accuracy-every is 0, so that the accuracy is never measured",
                "leave one of them out"));
        }
    }
}
