using System.Globalization;
using System.Text.Json;
using Rubato.Torch.Tasks;

namespace Rubato.Torch.Checkpoints;

/// <summary>
/// What a run was asked for, as texts under the names of the settings: by these a run that goes on is known again, and what differs is
/// shown. Settings that change neither plan nor state, such as threads, are not among them.
/// </summary>
/// <param name="Fixed">What cannot change within a run: its state would not fit.</param>
/// <param name="Plan">What a <see cref="ResumePolicy"/> decides about.</param>
/// <param name="Rate">The learning rate as it was asked for.</param>
internal sealed record SavedSettings(SavedSetting[] Fixed, SavedSetting[] Plan, string Rate)
{
    private const string OfOrder = ", which decides the order of samples";

    /// <summary>Those of a training.</summary>
    internal static SavedSettings Of(TrainingTask run)
    {
        var plan = run.Plan.Settings;
        return new SavedSettings(
            [
                new("Network", run.Names.Network),
                new("Optimizer", run.Names.Optimizer),
                new("Seed", Text(run.Seed)),
                new("Exponential", run.Rewrite.Exponential is null ? "none" : "yes"),
            ],
            [
                new("Data", $"{Text(run.Subject.TrainCount)} samples{HashOf(run)}"),
                new(nameof(plan.Length), $"{plan.Length}"),
                new(nameof(plan.LearningRate), run.Rate is PeakRate ? $"{plan.LearningRate}" : $"{run.Rate}"),
                new(nameof(plan.BatchSize), $"{run.Batch}"),
                new(nameof(plan.Momentum), $"{plan.Momentum}"),
                new(nameof(plan.WeightDecay), $"{plan.WeightDecay}"),
                new(nameof(plan.Tail), $"{plan.Tail}".ToLowerInvariant()),
                new("Groups", $"{run.Groups}"),
                new(nameof(run.Rewrite), $"{run.Rewrite}"),
                new("Guard", run.IsGuarded ? "on" : "off"),
                new(nameof(run.ClipNorm), $"{run.ClipNorm}"),
                new(nameof(run.ClipValue), $"{run.ClipValue}"),
            ],
            $"{run.Rate}");
    }

    /// <summary>The text of a setting that a policy decides about.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    internal string TextOf(string name) => Array.Find(Plan, setting => setting.Name == name)?.Text
        ?? throw new InvalidInputException($"the saved settings have no {name}.");

    /// <summary>What cannot differ, and does.</summary>
    internal static IReadOnlyList<Finding> FixedDifferences(SavedSettings own, SavedSettings saved) =>
        [.. Differences(own.Fixed, saved.Fixed).Select(finding => finding with
        {
            Rule = $"{finding.Rule}{(finding.Setting == "Seed" ? OfOrder : "")}, and no policy changes it within a run",
            Remedy = "leave it out, or begin a new run",
        })];

    /// <summary>What differs, and a policy decides about.</summary>
    internal static IReadOnlyList<Finding> PlanDifferences(SavedSettings own, SavedSettings saved) => Differences(own.Plan, saved.Plan);

    /// <summary>All that differs from what another process of the same run has.</summary>
    internal static IReadOnlyList<Finding> AllDifferences(SavedSettings own, SavedSettings first) =>
    [
        .. Differences([.. own.Fixed, .. own.Plan], [.. first.Fixed, .. first.Plan])
            .Select(finding => finding with { Rule = finding.Rule.Replace("the run has", "process 0 has", StringComparison.Ordinal) }),
    ];

    /// <summary>The settings as JSON.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, RunStateJson.Default.SavedSettings);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    internal static SavedSettings FromJson(string json) =>
        JsonSerializer.Deserialize(json, RunStateJson.Default.SavedSettings) ?? throw new JsonException("null");

    private static IReadOnlyList<Finding> Differences(SavedSetting[] own, SavedSetting[] saved) =>
    [
        .. from setting in own
           let before = Array.Find(saved, other => other.Name == setting.Name)?.Text ?? "none"
           where before != setting.Text
           select new Finding(setting.Name, Shown(setting.Text), $"but the run has {Quoted(Shown(before))}"),
    ];

    // Of samples that a program holds nobody knows one.
    private static string HashOf(TrainingTask run) => run.Names.DataHash.Length == 0 ? "" : $", SHA-256 {run.Names.DataHash}";

    private static string Shown(string text) => text.Length == 0 ? "none" : text;

    private static string Quoted(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : $"'{text}'";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A setting and its text.</summary>
/// <param name="Name">The name in the library.</param>
/// <param name="Text">What it is.</param>
internal sealed record SavedSetting(string Name, string Text);
