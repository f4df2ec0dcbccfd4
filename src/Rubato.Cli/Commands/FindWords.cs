using System.CommandLine;
using System.Collections.Immutable;
using System.Globalization;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;
using Rubato.Training;
using Rubato.Training.Finding;

namespace Rubato.Cli.Commands;

/// <summary>What <c>rubato find</c> is asked for.</summary>
/// <param name="Settings">The range test; of a recorded curve how the answer is found only.</param>
/// <param name="From">The file of a recorded curve; null to measure one.</param>
/// <param name="Recorded">What stands in it.</param>
/// <param name="BatchSize">The batch size that a recorded curve is said to be measured at; null where nothing is said.</param>
/// <remarks>Immutable.</remarks>
internal sealed record FindRequest(FindSettings Settings, string? From, RecordedCurves? Recorded, long? BatchSize);

/// <summary>Turns the words after <c>rubato find</c> into a request.</summary>
internal sealed class FindWords(ParseResult parsed, FindFlags flags, List<string> findings)
{
    private const string Momenta = "0.8, 0.9, 0.95";
    private const string Decays = "1e-5, 1e-4, 1e-3";

    /// <summary>Reads every flag; what cannot be used goes to the findings.</summary>
    /// <returns>The request; not all of it where there are findings.</returns>
    internal FindRequest Read()
    {
        var suggestion = Suggestion();
        return flags.TextOf(parsed, "from") is { } from ? Recorded(from, suggestion) : new FindRequest(Sweep(suggestion), null, null, null);
    }

    private RangeSuggestionSettings Suggestion()
    {
        var settings = new RangeSuggestionSettings();
        if (flags.TextOf(parsed, "rule") is { } rule)
        {
            if (RangeRule.Find(rule) is null)
            {
                string[] known = [.. RangeRule.All.Select(other => other.Name)];
                findings.Add($"--rule is '{rule}'; it must be one of {string.Join(", ", known)}; {DidYouMean.Question(rule, known, $"for instance --rule {RangeRule.UsualName}.")}");
            }

            settings = settings with { Rule = rule };
        }

        if (flags.TextOf(parsed, "smoothing") is { } smoothing)
        {
            try
            {
                settings = settings with { Smoothing = CurveSmoothing.Parse(smoothing, "--smoothing") };
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }
        }

        return flags.Number(parsed, "base-divisor", value => value is >= 1 and <= double.MaxValue, "a finite number of at least 1", findings) is { } divisor
            ? settings with { BaseDivisor = divisor }
            : settings;
    }

    private FindRequest Recorded(string from, RangeSuggestionSettings suggestion)
    {
        findings.AddRange(
            from name in FindFlags.OfTraining.Append("config").Concat(FindFlags.OfSweep.Select(flag => flag.Name))
            where name != "batch"
            let text = Text(name)
            where text is not null
            select $"--{name} is '{text}', but --from reads a curve that was recorded, and trains nothing; leave --{name} out.");
        long? batch = null;
        if (flags.Training.TextOf(parsed, "batch") is { } size)
        {
            if (long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var samples) && samples >= 1)
            {
                batch = samples;
            }
            else
            {
                findings.Add($"--batch is '{size}'; beside --from it must be a whole number of at least 1, for instance --batch 128.");
            }
        }

        RecordedCurves? recorded = null;
        try
        {
            recorded = RecordedCurves.Read(from, "--from");
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
        }

        return new FindRequest(new FindSettings { Suggestion = suggestion }, from, recorded, batch ?? recorded?.BatchSize);
    }

    private string? Text(string name) =>
        name == "config" ? flags.Training.FileOf(parsed)
        : FindFlags.OfTraining.Contains(name, StringComparer.Ordinal) ? flags.Training.TextOf(parsed, name)
        : flags.TextOf(parsed, name);

    private FindSettings Sweep(RangeSuggestionSettings suggestion)
    {
        var training = Training();
        var (momenta, decays) = (Values("momentum", Momenta), Values("weight-decay", Decays));
        training = training with { Momentum = momenta.FirstOrDefault(training.Momentum), WeightDecay = decays.FirstOrDefault(training.WeightDecay) };
        var tried = momenta.Select(value => training with { Momentum = value }).Concat(decays.Select(value => training with { WeightDecay = value })).Prepend(training);
        findings.AddRange(tried.SelectMany(settings => TrainSettingsValidator.FindingsIn(settings)).Distinct(StringComparer.Ordinal));

        bool IsRate(double value) => value is > 0 and <= double.MaxValue;
        const string Rate = "a finite number above 0";
        var (start, end) = (flags.Number(parsed, "start-lr", IsRate, Rate, findings), flags.Number(parsed, "end-lr", IsRate, Rate, findings));
        if (start >= end)
        {
            findings.Add($"--start-lr is '{Text("start-lr")}', which is not below --end-lr '{Text("end-lr")}'; the rate of a range test rises: begin lower, or end higher.");
        }

        var settings = new FindSettings
        {
            Training = training,
            Momenta = momenta.Length > 1 ? momenta : [],
            WeightDecays = decays.Length > 1 ? decays : [],
            StartLr = start,
            EndLr = end,
            Spacing = Spacing(),
            Iterations = flags.Whole(parsed, "iterations", RangeTest.FewestIterations, long.MaxValue, findings),
            Epochs = flags.Number(parsed, "epochs", IsRate, Rate, findings),
            AccuracyEvery = flags.Whole(parsed, "accuracy-every", 0, long.MaxValue, findings),
            AccuracySamples = (int?)flags.Whole(parsed, "accuracy-samples", 1, int.MaxValue, findings),
            Suggestion = suggestion,
        };
        RefuseContradictions(settings);
        return settings with
        {
            Repeats = (int)(flags.Whole(parsed, "repeats", 1, 100, findings) ?? settings.Repeats),
            DivergeThreshold =
                flags.Number(parsed, "diverge-threshold", value => value is > 1 and <= double.MaxValue, "a finite number above 1", findings) ?? settings.DivergeThreshold,
        };
    }

    // What only a whole run needs is left to its command, so that the settings of any run can be taken.
    private TrainSettings Training()
    {
        var unused = new TrainSettings();
        return flags.Training.Read(parsed, findings) with
        {
            LearningRate = unused.LearningRate,
            Warmup = unused.Warmup,
            Guard = unused.Guard,
            Out = unused.Out,
            Name = unused.Name,
        };
    }

    private ImmutableArray<string> Values(string name, string example) =>
        flags.Training.TextOf(parsed, name) is { } text ? [.. ValueList.Read("--" + name, text, example, findings)] : [];

    private RangeSpacing Spacing()
    {
        var text = Text("spacing");
        if (text is not (null or "exponential" or "linear"))
        {
            findings.Add($"--spacing is '{text}'; it must be exponential or linear.");
        }

        return text == "linear" ? RangeSpacing.Linear : RangeSpacing.Exponential;
    }

    private void RefuseContradictions(FindSettings settings)
    {
        if (settings is { Iterations: not null, Epochs: not null })
        {
            findings.Add($"--iterations is '{Text("iterations")}' and --epochs is '{Text("epochs")}', but they say the same; leave one of them out.");
        }

        if (settings is { AccuracyEvery: 0, AccuracySamples: not null })
        {
            findings.Add($"--accuracy-samples is '{Text("accuracy-samples")}', but --accuracy-every 0 measures no accuracy; leave one of them out.");
        }
    }
}
