using System.CommandLine;
using System.Globalization;
using Rubato.Cli.Configuration;
using Rubato.Cli.Console;
using Rubato.Cli.Settings;
using Rubato.Data;
using Rubato.Data.Augmentations;
using Rubato.Data.Datasets;
using Rubato.Rewrites;
using Rubato.Torch;

namespace Rubato.Cli.Commands;

/// <summary>Turns the words after <c>rubato plan</c> into plans.</summary>
internal sealed class PlanWords(
    ParseResult parsed, SettingFlags flags, IReadOnlyList<string> words, string? dataSize, List<Finding> findings)
{
    private static readonly string[] OfPlan = ["warmup", "batch", "momentum", "weight-decay", "length", "epochs", "tail", "groups"];
    private static readonly string[] OfData = ["label", "held-out", "train-samples", "validation"];

    /// <summary>Reads every plan; what cannot be used goes to the findings.</summary>
    /// <param name="noiseScale">The text of <c>--noise-scale</c>; null where it is not given.</param>
    /// <returns>What is asked for; not all of it where there are findings.</returns>
    internal PlanRequest Read(string? noiseScale)
    {
        var settings = flags.Read(parsed, findings);
        var ofRewrites = new List<Finding>();
        var rewrites = new PlanRewrites(settings, flags.TextOf(parsed, "micro-batch"), ofRewrites);
        var noise = noiseScale is null ? rewrites.Form : FormOf(noiseScale, ofRewrites);
        var plans = ReadPlans(settings, rewrites);
        findings.AddRange(ofRewrites);
        var notes = new List<string>();
        if (noise is not null && plans.Any(plan => plan.Plan.Settings.SamplesPerEpoch is null))
        {
            const string Unknown = "the size of the training set is not known; add --data-size N or --data SET.";
            if (noiseScale is null)
            {
                notes.Add($"the noise scale is left out, as {Unknown}");
            }
            else
            {
                findings.Add($"--noise-scale is '{noiseScale}', but {Unknown}");
            }

            noise = null;
        }

        if (findings.Count == 0 && noise is not null && !OptimizerSettings.From(settings).IsSgd)
        {
            notes.Add(
                $"the noise scale is that of stochastic gradient descent; for {settings.Optimizer} it has the same form, "
                + "without the theory.");
        }

        return new PlanRequest([.. plans], noise, [.. notes]);
    }

    private static NoiseForm? FormOf(string text, List<Finding> findings)
    {
        if (text is "small-batch" or "exact")
        {
            return text == "exact" ? NoiseForm.Exact : NoiseForm.SmallBatch;
        }

        findings.Add($"--noise-scale is '{text}'; it must be small-batch or exact.");
        return null;
    }

    private IReadOnlyList<WrittenPlan> ReadPlans(TrainSettings settings, PlanRewrites rewrites)
    {
        RequireRate(settings);
        RequireOneSize();
        if (words.Count > 0 && words.All(IsFile))
        {
            RefuseFlagsOfPlan();
        }
        else if (flags.TextOf(parsed, "length") is null && flags.TextOf(parsed, "epochs") is null && flags.FileOf(parsed) is null)
        {
            findings.Add("The plan's length is missing; say it with --length, for instance --length 30ep, or with --epochs.");
        }

        if (findings.Count > 0)
        {
            // All that is wrong is said at once, and a plan can be read without the rest.
            foreach (var word in words.Where(word => !IsFile(word)))
            {
                Collect(() => Rate.Parse(word, "PLAN"));
            }

            return [];
        }

        var size = DataSize(settings);
        WrittenPlan? Of(string? word) => word is { } path && IsFile(path) ? OfFile(path, size) : OfRate(settings, word, size);
        return [.. words.DefaultIfEmpty().Select(word => Rewritten(Of(word), word, rewrites)).OfType<WrittenPlan>()];
    }

    private WrittenPlan? Rewritten(WrittenPlan? plan, string? word, PlanRewrites rewrites)
    {
        try
        {
            return plan is null ? null : rewrites.Of(plan);
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(
                word is null || words.Count == 1 ? exception.Findings
                : exception.Findings
                    .Select(finding => FindingText.WithFlag(finding, parsed.CommandResult.Command))
                    .Select(finding => IsFile(word) ? finding.Under(word) : finding.Under("PLAN", word)));
            return null;
        }
    }

    private static bool IsFile(string word) => word.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private void RequireRate(TrainSettings settings)
    {
        var hasFile = flags.FileOf(parsed) is not null;
        if (words.Count > 0 && flags.TextOf(parsed, "lr") is { } rate)
        {
            findings.Add($"--lr is '{rate}', but PLAN says the learning rate, too; leave one of them out.");
        }

        if (words.Count == 0 && settings.LearningRate is null && flags.TextOf(parsed, "lr") is null && !hasFile)
        {
            findings.Add("'rubato plan' needs PLAN, --lr or --config; 'rubato plan --help' has an example.");
        }
    }

    private void RefuseFlagsOfPlan() =>
        findings.AddRange(
            from name in OfPlan.Prepend("config")
            let text = name == "config" ? flags.FileOf(parsed) : flags.TextOf(parsed, name)
            where text is not null
            select (Finding)$"--{name} is '{text}', but a plan file says all of its plan; leave --{name} out, or change the file.");

    private void RequireOneSize()
    {
        var hasFile = flags.FileOf(parsed) is not null;
        var hasData = flags.TextOf(parsed, "data") is not null;
        if (hasData && dataSize is not null)
        {
            findings.Add($"--data-size is '{dataSize}', but --data says the size of the training set, too; leave one of them out.");
        }

        if (!hasData && !hasFile)
        {
            findings.AddRange(
                from name in OfData
                let text = flags.TextOf(parsed, name)
                where text is not null
                select (Finding)(
                    $"--{name} is '{text}', but it is about --data, which is not given; "
                    + $"add --data SET, or leave --{name} out."));
        }
    }

    private long? DataSize(TrainSettings settings)
    {
        if (dataSize is not null)
        {
            if (long.TryParse(dataSize, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size >= 1)
            {
                return size;
            }

            findings.Add($"--data-size is '{dataSize}'; it must be a whole number of at least 1, for instance --data-size 50000.");
            return null;
        }

        if (flags.TextOf(parsed, "data") is null && flags.FileOf(parsed) is null)
        {
            return null;
        }

        if (settings.Validation is { } share and not (> 0 and < 1))
        {
            findings.Add(new Finding("validation", share, "it must be above 0 and below 1", "for instance --validation 0.1"));
            return null;
        }

        var options = new DatasetOptions
        {
            Label = settings.Label,
            HeldOut = settings.HeldOut,
            TrainSamples = settings.TrainSamples,
            Seed = settings.Seed,
        };
        return Collect(() => DatasetCatalog.Load(settings.Data, options)) is { } data
            ? ValidationSplit.Of(new ExampleSamples(data.Train, Augmentation.None), settings.Validation, settings.Seed).Train.Count
            : null;
    }

    private WrittenPlan? OfRate(TrainSettings settings, string? rate, long? size)
    {
        // What a run takes by its optimizer and network is fixed here, where there is neither.
        var whole = flags.FileOf(parsed) is not null
            ? settings
            : settings with { Momentum = settings.Momentum ?? 0.9, WeightDecay = settings.WeightDecay ?? 0 };
        if (rate is not null)
        {
            // One that cannot be read has been reported, and a sound one stands for it.
            var planned = Collect(() => Rate.Parse(rate, "PLAN")) ?? 0.1;
            whole = flags.TextOf(parsed, "warmup") is null ? Superseding.WithRate(whole, planned) : whole with { LearningRate = planned };
        }

        var wrong = TrainSettingsValidator.FindingsIn(whole);
        if (wrong.Length > 0)
        {
            findings.AddRange(rate is null ? wrong : wrong.Select(OfWord));
            return null;
        }

        if (Collect(() => UsualSettings.Plan(whole, size)) is not { } plan || Plan(plan) is not { } built)
        {
            return null;
        }

        return (whole.LearningRate ?? Rate.Rehearsed()) switch
        {
            RangeTestedRate => new WrittenPlan($"max * {plan.LearningRate}", built, IsOfRange: true),
            RehearsedRate => new WrittenPlan($"auto * ({plan.LearningRate})", built, IsOfShares: true),
            PolyakRate { Multiple: var multiple } =>
                new WrittenPlan($"{new PolyakRate(multiple)} * ({plan.LearningRate})", built, IsOfPolyak: true),
            _ => new WrittenPlan(plan.LearningRate.ToString(), built),
        };
    }

    // The rate of a PLAN has no flag.
    private static Finding OfWord(Finding finding) =>
        finding.Setting is "lr" or "--lr" or nameof(PlanSettings.LearningRate) ? finding with { Setting = "PLAN" } : finding;

    private WrittenPlan? OfFile(string path, long? size)
    {
        try
        {
            var settings = PlanJson.Read(File.ReadAllText(path));
            return Plan(settings with { SamplesPerEpoch = size ?? settings.SamplesPerEpoch }) is { } plan
                ? new WrittenPlan(Path.GetFileNameWithoutExtension(path), plan)
                : null;
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings.Select(finding => finding.Under(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(
                $"PLAN is '{path}', which cannot be read ({exception.Message.TrimEnd('.')}); "
                + "name a plan that --json wrote, or write a schedule.");
        }

        return null;
    }

    private TrainingPlan? Plan(PlanSettings settings)
    {
        if (settings is { SamplesPerEpoch: null, Length.Unit: TimeUnit.Epochs })
        {
            findings.Add(
                $"The plan's length is '{settings.Length}', but the size of the training set is not known; "
                + "add --data-size N or --data SET, or write --length in ba or sp.");

            // What else is wrong is said at once.
            var others = new List<Finding>();
            Collect(() => new TrainingPlan(settings), others);
            findings.AddRange(others.Where(finding => finding.Setting != nameof(settings.Length)));
            return null;
        }

        return Collect(() => new TrainingPlan(settings));
    }

    private T? Collect<T>(Func<T> read)
        where T : class => Collect(read, findings);

    private static T? Collect<T>(Func<T> read, List<Finding> found)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidInputException exception)
        {
            found.AddRange(exception.Findings);
            return null;
        }
    }
}
