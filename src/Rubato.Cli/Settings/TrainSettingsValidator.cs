using System.Collections.Immutable;
using Rubato.Cli.Catalog;
using Rubato.Data.Augmentations;
using Rubato.Language;
using Rubato.Torch;

namespace Rubato.Cli.Settings;

/// <summary>The one place where the ranges of settings are checked, whether they came from flags or a file.</summary>
/// <remarks>
/// What needs more than the settings to judge is left to its reader: whether data exist and fit, what a plan comes to with them, whether a
/// device is there, whether a run's name is free.
/// </remarks>
internal static class TrainSettingsValidator
{
    private static readonly string[] Losses = ["cross-entropy", "mse"];

    /// <summary>All findings, each about a setting by its name.</summary>
    /// <param name="settings">What to check.</param>
    /// <returns>Empty where all is well.</returns>
    public static ImmutableArray<Finding> FindingsIn(TrainSettings settings)
    {
        var findings = new Findings(settings);
        findings.Require("data", settings.Data.Length > 0, "it must name a data set");
        findings.Require("held-out", settings.HeldOut is > 0 and < 1, "it must be above 0 and below 1");
        findings.Require("train-samples", settings.TrainSamples is null or >= 1, "it must be at least 1");
        findings.Require("validation", settings.Validation is null or (> 0 and < 1), "it must be above 0 and below 1");
        findings.Require("stop-early", settings.StopEarly is null or >= 1, "it must be at least 1");
        AddWatched(settings, findings);
        findings.RequireReadable("augment", settings.Augment, "it must be none or name what to change", Augmentation.Parse);
        findings.RequireReadable("network", settings.Network, "it must name a network", NetworkCatalog.Parse);
        findings.Require("init", settings.Init is not "", "it must name a file");
        findings.Require(
            "freeze",
            settings.Freeze?.Split(',').Any(string.IsNullOrWhiteSpace) is not true,
            "it must be patterns of names with commas between");
        findings.RequireOneOf("loss", settings.Loss, Losses);
        findings.RequireReadable("optimizer", settings.Optimizer, "it must name an optimizer", _ => OptimizerSettings.From(settings));
        findings.Require("label-smoothing", settings.LabelSmoothing is >= 0 and < 1, "it must be at least 0 and below 1");
        findings.Require("warmup", settings.Warmup is null or (>= 0 and < 1), "it must be at least 0 and below 1");
        findings.Require("epochs", settings.Epochs is null or (> 0 and <= double.MaxValue), "it must be a finite number above 0");
        findings.Require("micro-batch", settings.MicroBatch is null or >= 1, "it must be at least 1");
        findings.Require("ghost-batch", settings.GhostBatch is null or >= 2, "it must be at least 2, since a sample alone has no variance");
        findings.Require(
            "sync-batch-norm",
            !settings.SyncBatchNorm || (settings.GhostBatch is null && settings.MicroBatch is null),
            "but --ghost-batch and --micro-batch have statistics of their own; leave one of them out");
        if (settings is { MicroBatch: >= 1 and var micro, GhostBatch: >= 2 and var ghost } && micro % ghost != 0)
        {
            findings.Add(
                "micro-batch",
                $"which --ghost-batch {ghost} does not divide",
                $"write a multiple of it, for instance --micro-batch {Math.Max(1, micro / ghost) * (long)ghost}");
        }

        findings.Require("measure-noise", settings.MeasureNoise is null or >= 1, "it must be at least 1");
        findings.AddRange(PlanFindings.In(settings));
        findings.Require("device", IsDevice(settings.Device), "it must be auto, cpu, cuda or cuda:N");
        findings.Require(
            "threads",
            settings.Threads is null or (>= 1 and <= Engine.MostThreads),
            $"it must be at least 1 and at most {Engine.MostThreads}");
        findings.Require("keep", settings.Keep >= 1, "it must be at least 1");
        findings.Require("out", settings.Out.Length > 0, "it must name a folder");
        if (IsCsv(settings) && settings.Label is null)
        {
            findings.Add(
                "data", "but --label is missing", "name the column that holds the class, for instance --label species");
        }
        else if (!IsCsv(settings) && settings.Label is not null)
        {
            findings.Add(
                "label", $"but only csv data has label columns and --data is '{settings.Data}'", "leave --label out");
        }

        if (settings.LabelSmoothing is > 0 and < 1 && settings.Loss == "mse")
        {
            findings.Add("label-smoothing", "but --loss is 'mse', which has none", "leave --label-smoothing out");
        }

        return findings.ToImmutable();
    }

    private static void AddWatched(TrainSettings settings, Findings findings)
    {
        const string Remedy = "add --validation 0.1";
        if (settings.Validation is not null)
        {
            return;
        }

        if (settings.Best is { } best && best.IsOfValidation())
        {
            findings.Add("best", "but no samples are held out for validation", Remedy);
        }

        if (settings.LearningRate is PlateauRate { Settings.Watch: { } watched } && watched.IsOfValidation())
        {
            findings.Add("lr", "but no samples are held out for validation", Remedy);
        }
    }

    private static bool IsCsv(TrainSettings settings) => settings.Data.StartsWith("csv:", StringComparison.Ordinal);

    private static bool IsDevice(string device) =>
        device is "auto" or "cpu" or "cuda"
        || (device.StartsWith("cuda:", StringComparison.Ordinal)
            && device.Length is > 5 and < 10
            && device.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0);

    private sealed class Findings(TrainSettings settings)
    {
        private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();

        internal void Add(string name, string rule, string? remedy) =>
            _findings.Add(new Finding(name, ValueOf(name), rule, remedy));

        internal void AddRange(IEnumerable<Finding> findings) => _findings.AddRange(findings);

        internal void Require(string name, bool holds, string rule)
        {
            if (!holds)
            {
                Add(name, rule, $"for instance {Setting(name).ExampleFlag}");
            }
        }

        internal void RequireReadable<T>(string name, string value, string rule, Func<string, T> read)
        {
            Require(name, value.Length > 0, rule);
            if (value.Length == 0)
            {
                return;
            }

            try
            {
                _ = read(value);
            }
            catch (InvalidInputException exception)
            {
                _findings.AddRange(exception.Findings);
            }
        }

        internal void RequireOneOf(string name, string value, string[] known)
        {
            if (!known.Contains(value, StringComparer.Ordinal))
            {
                var question = Suggestion.Nearest(value, known) is { } closest ? $"did you mean '{closest}'?" : null;
                Add(name, $"it must be one of {string.Join(", ", known)}", question);
            }
        }

        internal ImmutableArray<Finding> ToImmutable() => _findings.ToImmutable();

        // A configuration file has words of its own for what is no number.
        private string? ValueOf(string name) => Setting(name).Print(settings) switch
        {
            ".nan" => "NaN",
            ".inf" => "Infinity",
            "-.inf" => "-Infinity",
            var value => value,
        };

        private static TrainSetting Setting(string name) =>
            TrainSettingTable.Find(name) ?? throw new ArgumentException($"'{name}' is no setting.", nameof(name));
    }
}
