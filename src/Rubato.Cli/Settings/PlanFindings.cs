using System.Globalization;
using Rubato.Cli.Catalog;
using Rubato.Numerics;
using Rubato.Schedules;
using Rubato.Torch.Tasks;

namespace Rubato.Cli.Settings;

/// <summary>What is wrong with the plan that settings ask for, as far as it can be said without the data.</summary>
internal static class PlanFindings
{
    private static readonly NumberRule Batch =
        new(
            "batch",
            value => value is >= 1 and <= int.MaxValue && value == Math.Floor(value),
            "it must be a whole number of at least 1",
            "256");

    private static readonly NumberRule Momentum =
        new("momentum", value => value is >= 0 and < 1, "it must be at least 0 and below 1", "0.95");

    private static readonly NumberRule Decay =
        new("weight-decay", value => value is >= 0 and <= double.MaxValue, "it must be a finite number of at least 0", "5e-4");

    private static readonly NumberRule ClipNorm =
        new("clip-norm", value => value is > 0 and <= double.MaxValue, "it must be a finite number above 0", "1");

    private static readonly NumberRule ClipValue =
        new("clip-value", value => value is > 0 and <= double.MaxValue, "it must be a finite number above 0", "0.1");

    /// <summary>All findings, each about a setting by its name; empty where all is well so far.</summary>
    internal static IReadOnlyList<Finding> In(TrainSettings settings)
    {
        var findings = new List<Finding>();
        RewriteFindings.Add(settings, findings);
        AddWarmup(settings, findings);
        var plan = Read(settings, findings);
        Batch.Check(settings.Batch is ScheduledBatch { PlanBatch: var batch } ? batch : null, findings);
        Momentum.Check(settings.Momentum, findings);
        Decay.Check(settings.WeightDecay, findings);
        ClipNorm.Check(settings.ClipNorm, findings);
        ClipValue.Check(settings.ClipValue, findings);
        if (settings is { Epochs: { } epochs, Length: { } length })
        {
            findings.Add(new Finding(
                "epochs", epochs, $"and --length is '{length}', which says the same", "leave one of them out"));
        }

        if (plan is null)
        {
            return findings;
        }

        findings.AddRange(
            from own in plan.Groups
            where own.Momentum is not null && !HasMomentum(settings.Optimizer)
            select new Finding(
                nameof(PlanSettings.Groups),
                null,
                $"'{own.Name}' has a momentum, but --optimizer {settings.Optimizer} has none",
                "leave it out"));
        if (findings.Count == 0 && !NeedsTheDataSize(plan))
        {
            Collect(() => Limited(new TrainingPlan(plan), settings), findings);
        }

        return findings;
    }

    // A share that is out of range has its own sentence.
    private static void AddWarmup(TrainSettings settings, List<Finding> findings)
    {
        if (settings is not { Warmup: >= 0 and < 1 and var share, LearningRate: { UsualWarmup: null } rate })
        {
            return;
        }

        var (rule, remedy) = rate switch
        {
            ScheduledRate => (
                $"but --lr is the schedule '{rate}'",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"write the warm-up into it, for instance warmup(cosine(0.1 -> 0), {ExactNumber.Text(share)}dur)")),
            RehearsedRate { Shape: { } shape } => InShape("auto", shape),
            PolyakRate { Shape: { } shape } => InShape($"{new PolyakRate(((PolyakRate)rate).Multiple)}", shape),
            _ => ($"but --lr is '{rate}', which says itself how it warms up", "leave --warmup out"),
        };
        findings.Add(new Finding("warmup", share, rule, remedy));

        (string Rule, string Remedy) InShape(string word, Schedule shape) => (
            $"but --lr is '{rate}', whose schedule says how it warms up",
            string.Create(
                CultureInfo.InvariantCulture,
                $"write the warm-up into it, for instance --lr \"{word} * warmup({shape}, {ExactNumber.Text(share)}dur)\""));
    }

    // A value that has its own sentence, or is still open, is replaced by a sound one, so that it is not reported again.
    private static PlanSettings? Read(TrainSettings settings, List<Finding> findings) => Collect(
        () => UsualSettings.PlanFor(
            settings with
            {
                LearningRate = settings.LearningRate is null or UsualRate ? 0.1 : settings.LearningRate,
                Warmup = settings.Warmup is >= 0 and < 1 ? settings.Warmup : null,
                Batch = settings.Batch is ScheduledBatch { PlanBatch: var batch } && !Batch.Allows(batch) ? 1 : settings.Batch,
                Momentum = Momentum.Allows(settings.Momentum) ? settings.Momentum : null,
                WeightDecay = settings.WeightDecay is { } decay && Decay.Allows(decay) ? decay : 0,
                Epochs = settings.Epochs is > 0 and <= double.MaxValue ? settings.Epochs : null,
            },
            samplesPerEpoch: null),
        findings);

    // A limit over a training set whose size is not known is looked at when it is.
    private static TrainingPlan Limited(TrainingPlan plan, TrainSettings settings)
    {
        Schedule?[] limits = [settings.ClipNorm, settings.ClipValue];
        if (!limits.Any(limit => limit?.Uses(TimeUnit.Epochs) ?? false))
        {
            _ = ClipLimits.Of(plan, settings.ClipNorm, settings.ClipValue);
        }

        return plan;
    }

    // An optimizer that cannot be read has its own finding.
    private static bool HasMomentum(string optimizer) =>
        Collect(() => OptimizerCatalog.Parse(optimizer).Kind, []) is not { UsualMomentum: null };

    private static bool NeedsTheDataSize(PlanSettings plan) =>
        plan.Length.Unit == TimeUnit.Epochs
        || plan.Tail == EpochTail.Cut
        || plan.Groups.SelectMany(group => new[] { group.LearningRate, group.Momentum, group.WeightDecay })
            .Append(plan.LearningRate).Append(plan.BatchSize).Append(plan.Momentum).Append(plan.WeightDecay)
            .Any(schedule => schedule is not null && schedule.Uses(TimeUnit.Epochs));

    private static T? Collect<T>(Func<T> read, List<Finding> findings)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
            return null;
        }
    }

    /// <summary>What a number may be if it stands in place of a schedule.</summary>
    private sealed record NumberRule(string Name, Func<double, bool> Holds, string Rule, string Example)
    {
        internal bool Allows(Schedule? schedule) => schedule is not Constant { Value: var value } || Holds(value);

        internal void Check(Schedule? schedule, List<Finding> findings)
        {
            if (!Allows(schedule))
            {
                findings.Add(new Finding(Name, schedule, Rule, $"for instance --{Name} {Example}"));
            }
        }
    }
}
