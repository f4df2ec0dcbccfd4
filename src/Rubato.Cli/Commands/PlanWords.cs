using System.CommandLine;
using System.Globalization;
using Rubato.Cli.Configuration;
using Rubato.Data;
using Rubato.Plans;
using Rubato.Plans.Text;
using Rubato.Training;
using Rubato.Training.Setup;

namespace Rubato.Cli.Commands;

/// <summary>A plan with the name that a legend gives it.</summary>
/// <param name="Name">Its learning rate as text, or its file.</param>
/// <param name="Plan">The plan.</param>
/// <remarks>Immutable.</remarks>
internal sealed record WrittenPlan(string Name, TrainingPlan Plan);

/// <summary>Turns the words after <c>rubato plan</c> into plans.</summary>
internal sealed class PlanWords(ParseResult parsed, SettingFlags flags, IReadOnlyList<string> words, string? dataSize, List<string> findings)
{
    private static readonly string[] OfData = ["label", "held-out", "train-samples"];

    /// <summary>Reads every plan; what cannot be used goes to the findings.</summary>
    /// <returns>The plans, in the order in which they stand there; not all of them where there are findings.</returns>
    internal IReadOnlyList<WrittenPlan> Read()
    {
        var settings = flags.Read(parsed, findings);
        RequireWords(settings);
        if (findings.Count > 0)
        {
            return [];
        }

        var size = DataSize(settings);
        var plans = new List<WrittenPlan>();
        foreach (var rate in words.DefaultIfEmpty())
        {
            if (Texts(settings, rate, size) is { } texts && Plan(texts) is { } plan)
            {
                plans.Add(new WrittenPlan(plan.Settings.LearningRate.ToString(), plan));
            }
        }

        return plans;
    }

    private void RequireWords(TrainSettings settings)
    {
        var hasFile = flags.FileOf(parsed) is not null;
        if (words.Count > 0 && flags.TextOf(parsed, "lr") is { } rate)
        {
            findings.Add($"--lr is '{rate}', but PLAN says the learning rate, too; leave one of them out.");
        }

        if (words.Count == 0 && settings.LearningRate is null && !hasFile)
        {
            findings.Add("'rubato plan' needs PLAN, --lr or --config; 'rubato plan --help' has an example.");
        }

        if (settings.Length is null && settings.Epochs is null && !hasFile)
        {
            findings.Add("The plan's length is missing; say it with --length, for instance --length 30ep, or with --epochs.");
        }

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
                select $"--{name} is '{text}', but it is about --data, which is not given; add --data SET, or leave --{name} out.");
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

        var options = new DatasetOptions { Label = settings.Label, HeldOut = settings.HeldOut, TrainSamples = settings.TrainSamples, Seed = settings.Seed };
        return Collect(() => DatasetCatalog.Load(settings.Data, options))?.Train.Count;
    }

    private PlanTexts? Texts(TrainSettings settings, string? rate, long? size)
    {
        // What a run takes by its optimizer and network is fixed here, where there is neither.
        var whole = flags.FileOf(parsed) is not null
            ? settings
            : settings with { Momentum = settings.Momentum ?? "0.9", WeightDecay = settings.WeightDecay ?? "0" };
        if (rate is not null)
        {
            // A warm-up of the file belongs to the file's rate.
            var warmup = flags.TextOf(parsed, "warmup") is null && !PlanTextsOf.IsNumber(rate) ? null : whole.Warmup;
            whole = whole with { LearningRate = rate, Warmup = warmup };
        }

        var wrong = TrainSettingsValidator.FindingsIn(whole);
        findings.AddRange(wrong);
        return wrong.IsEmpty ? Collect(() => PlanTextsOf.Run(whole, size)) : null;
    }

    private TrainingPlan? Plan(PlanTexts texts)
    {
        if (Collect(() => PlanText.Parse(texts)) is not { } settings)
        {
            return null;
        }

        if (settings is { SamplesPerEpoch: null, Length.Unit: Time.TimeUnit.Epochs })
        {
            findings.Add(
                $"The plan's length is '{settings.Length}', but the size of the training set is not known; add --data-size N or --data SET, "
                + "or write --length in ba or sp.");
            return null;
        }

        return Collect(() => new TrainingPlan(settings));
    }

    private T? Collect<T>(Func<T> read)
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
}
