using System.Text.RegularExpressions;
using Rubato.Plans;
using Rubato.Plans.Text;
using Rubato.Time;
using Rubato.Torch.Optimizers;

namespace Rubato.Training.Setup;

/// <summary>What is wrong with the plan that settings ask for, as far as it can be said without the data.</summary>
internal static partial class PlanFindings
{
    /// <summary>All findings, one sentence each; empty where all is well so far.</summary>
    internal static IReadOnlyList<string> In(TrainSettings settings)
    {
        var findings = new List<string>(OfTexts(Sound(settings), settings.Optimizer));
        RequireNumber(
            findings, "batch", settings.Batch, value => value is >= 1 and <= int.MaxValue && value == Math.Floor(value), "it must be a whole number of at least 1", "256");
        RequireNumber(findings, "momentum", settings.Momentum, value => value is >= 0 and < 1, "it must be at least 0 and below 1", "0.95");
        RequireNumber(
            findings, "weight-decay", settings.WeightDecay, value => double.IsFinite(value) && value >= 0, "it must be a finite number of at least 0", "5e-4");
        if (settings is { Epochs: { } epochs, Length: { } length })
        {
            findings.Add(FormattableString.Invariant($"--epochs is {epochs} and --length is '{length}', but they say the same; leave one of them out."));
        }

        return findings;
    }

    private static void RequireNumber(List<string> findings, string name, string? text, Func<double, bool> holds, string rule, string example)
    {
        if (text is not null && PlanText.PeakOf(text) is { } value && !holds(value))
        {
            findings.Add(FormattableString.Invariant($"--{name} is {value}; {rule}, for instance --{name} {example}."));
        }
    }

    // What has its own sentence already, or is still open, is replaced by something sound, so that nothing is said twice.
    private static PlanTexts Sound(TrainSettings settings) => PlanTextsOf.Of(
        settings with
        {
            LearningRate = settings.LearningRate ?? "0.1",
            Warmup = settings.Warmup is >= 0 and < 1 ? settings.Warmup : null,
            Batch = ScheduleOr("128", settings.Batch),
            Momentum = ScheduleOr("0", settings.Momentum),
            WeightDecay = ScheduleOr("0", settings.WeightDecay),
            Epochs = settings.Epochs is > 0 and <= double.MaxValue ? settings.Epochs : null,
        },
        samplesPerEpoch: null);

    private static string ScheduleOr(string number, string? text) => text is null || PlanText.PeakOf(text) is not null ? number : text;

    private static IReadOnlyList<string> OfTexts(PlanTexts texts, string optimizer)
    {
        try
        {
            var plan = PlanText.Parse(texts);
            if (!NeedsTheDataSize(plan))
            {
                _ = new TrainingPlan(plan);
            }

            return [.. plan.Groups.Where(group => group.Momentum is not null && !HasMomentum(optimizer)).Select(group =>
                $"--groups: '{group.Name}' has a momentum, but --optimizer {optimizer} has none; leave it out.")];
        }
        catch (InvalidInputException exception)
        {
            return exception.Findings;
        }
    }

    // An optimizer that cannot be read has its own finding.
    private static bool HasMomentum(string optimizer)
    {
        try
        {
            return OptimizerCatalog.Parse(optimizer).Kind.UsualMomentum is not null;
        }
        catch (InvalidInputException)
        {
            return true;
        }
    }

    private static bool NeedsTheDataSize(PlanSettings plan) =>
        plan.Length.Unit == TimeUnit.Epochs
        || plan.Tail == EpochTail.Cut
        || plan.Groups.SelectMany(group => new[] { group.LearningRate, group.Momentum, group.WeightDecay })
            .Append(plan.LearningRate).Append(plan.BatchSize).Append(plan.Momentum).Append(plan.WeightDecay)
            .Any(schedule => schedule is not null && Epochs().IsMatch(schedule.ToString()));

    // A length in epochs as schedules print it.
    [GeneratedRegex("[0-9]ep\\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Epochs();
}
