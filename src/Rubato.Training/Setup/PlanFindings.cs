using Rubato.Language;
using Rubato.Torch.Optimizers;

namespace Rubato.Training.Setup;

/// <summary>What is wrong with the plan that settings ask for, as far as it can be said without the data.</summary>
internal static class PlanFindings
{
    private static readonly NumberRule Batch =
        new("batch", value => value is >= 1 and <= int.MaxValue && value == Math.Floor(value), "it must be a whole number of at least 1", "256");

    private static readonly NumberRule Momentum = new("momentum", value => value is >= 0 and < 1, "it must be at least 0 and below 1", "0.95");

    private static readonly NumberRule Decay =
        new("weight-decay", value => value is >= 0 and <= double.MaxValue, "it must be a finite number of at least 0", "5e-4");

    /// <summary>All findings, one sentence each; empty where all is well so far.</summary>
    internal static IReadOnlyList<string> In(TrainSettings settings)
    {
        var findings = new List<string>();
        RewriteFindings.Add(settings, findings);
        var plan = Parse(CheckBatch(CheckController(CheckRange(CheckAuto(settings, findings), findings), findings), findings), findings);
        Batch.Check(settings.Batch, findings);
        Momentum.Check(settings.Momentum, findings);
        Decay.Check(settings.WeightDecay, findings);
        if (settings is { Epochs: { } epochs, Length: { } length })
        {
            findings.Add(FormattableString.Invariant($"--epochs is {epochs} and --length is '{length}', but they say the same; leave one of them out."));
        }

        if (plan is null)
        {
            return findings;
        }

        findings.AddRange(plan.Groups.Where(group => group.Momentum is not null && !HasMomentum(settings.Optimizer)).Select(group =>
            $"--groups: '{group.Name}' has a momentum, but --optimizer {settings.Optimizer} has none; leave it out."));
        if (findings.Count == 0 && !NeedsTheDataSize(plan))
        {
            Build(plan, findings);
        }

        return findings;
    }

    // A shape that cannot be read has its own sentence, and a sound rate stands for it.
    private static TrainSettings CheckAuto(TrainSettings settings, List<string> findings)
    {
        // A share that is out of range has its own sentence, too.
        if (AutoRate.FindingIn(settings.LearningRate, settings.Warmup is >= 0 and < 1 ? settings.Warmup : null) is not { } finding)
        {
            return settings;
        }

        findings.Add(finding);
        return settings with { LearningRate = AutoRate.Word, Warmup = null };
    }

    // Bounds to be found that cannot be read, or stand beside a warm-up, have their own sentences.
    private static TrainSettings CheckRange(TrainSettings settings, List<string> findings)
    {
        var before = findings.Count;
        findings.AddRange(FoundRange.FindingsIn(settings.LearningRate, settings.Warmup is >= 0 and < 1 ? settings.Warmup : null));
        return findings.Count == before ? settings : settings with { LearningRate = AutoRate.Word, Warmup = null };
    }

    // A controller that cannot be read has its own sentences, and a sound rate stands for it.
    private static TrainSettings CheckController(TrainSettings settings, List<string> findings)
    {
        try
        {
            if (PlanTextsOf.ControllerOf(settings) is not { } controller)
            {
                return settings;
            }

            if (settings.Warmup is { } share)
            {
                findings.Add(FormattableString.Invariant(
                    $"--warmup is {share}, but --lr is '{controller}', which says itself how it warms up; leave --warmup out."));
            }

            return settings with { Warmup = null };
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return settings with { LearningRate = "0.1", Warmup = null };
        }
    }

    // An adaptive batch that cannot be read has its own sentences, and a sound size stands for it.
    private static TrainSettings CheckBatch(TrainSettings settings, List<string> findings)
    {
        try
        {
            _ = AdaptiveBatchOf.Choice(settings);
            return settings;
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return settings with { Batch = "1" };
        }
    }

    // What has its own sentence, or is still open, is replaced by something sound, so that nothing is said twice.
    private static PlanSettings? Parse(TrainSettings settings, List<string> findings)
    {
        var sound = settings with
        {
            LearningRate = settings.LearningRate is null or PlanTextsOf.Usual ? "0.1" : settings.LearningRate,
            Warmup = settings.Warmup is >= 0 and < 1 ? settings.Warmup : null,
            Batch = Batch.Allows(settings.Batch) ? settings.Batch : "1",
            Momentum = Momentum.Allows(settings.Momentum) ? settings.Momentum : null,
            WeightDecay = settings.WeightDecay is { } decay && Decay.Allows(decay) ? decay : "0",
            Epochs = settings.Epochs is > 0 and <= double.MaxValue ? settings.Epochs : null,
        };
        try
        {
            return PlanText.Parse(PlanTextsOf.Of(sound, samplesPerEpoch: null));
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }

    private static void Build(PlanSettings plan, List<string> findings)
    {
        try
        {
            _ = new TrainingPlan(plan);
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
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
            .Any(schedule => schedule is not null && schedule.Uses(TimeUnit.Epochs));

    /// <summary>What a number may be where it stands in place of a schedule.</summary>
    private sealed record NumberRule(string Name, Func<double, bool> Holds, string Rule, string Example)
    {
        internal bool Allows(string? text) => text is null || PlanText.PeakOf(text) is not { } value || Holds(value);

        internal void Check(string? text, List<string> findings)
        {
            if (!Allows(text))
            {
                findings.Add($"--{Name} is {text}; {Rule}, for instance --{Name} {Example}.");
            }
        }
    }
}
