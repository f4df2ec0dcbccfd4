using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Rubato.Cli.Settings;
using Rubato.Numerics;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;

namespace Rubato.Cli.Commands;

/// <summary>What <c>rubato find</c> is asked for.</summary>
/// <param name="Settings">The range test; of a recorded curve how the answer is found only.</param>
/// <param name="From">The file of a recorded curve; null to measure one.</param>
/// <param name="Recorded">What stands in it.</param>
/// <param name="BatchSize">The batch size that a recorded curve is said to be measured at; null where nothing is said.</param>
/// <remarks>Immutable.</remarks>
internal sealed record FindRequest(FindSettings Settings, string? From, RecordedCurves? Recorded, long? BatchSize);

/// <summary>Turns the words after <c>rubato find</c> into a request.</summary>
internal sealed class FindWords(ParseResult parsed, FindFlags flags, List<Finding> findings)
{
    private const string Momenta = "0.8, 0.9, 0.95";
    private const string Decays = "1e-5, 1e-4, 1e-3";

    /// <summary>Reads every flag; what cannot be used goes to the findings.</summary>
    /// <returns>The request; not all of it where there are findings.</returns>
    internal FindRequest Read()
    {
        var suggestion = Suggestion();
        if (flags.TextOf(parsed, "from") is null && flags.TextOf(parsed, AveragedFlag.Name) is { } keep)
        {
            findings.Add(new Finding(
                $"--{AveragedFlag.Name}",
                keep,
                "but it is about a curve that was recorded",
                $"add --from FILE, or leave --{AveragedFlag.Name} out"));
        }

        return flags.TextOf(parsed, "from") is { } from ? Recorded(from, suggestion) : new FindRequest(Sweep(suggestion), null, null, null);
    }

    private RangeSuggestionSettings Suggestion()
    {
        var settings = new RangeSuggestionSettings();
        settings = settings with { Rule = flags.TextOf(parsed, "rule") ?? settings.Rule };
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

        var divisor = flags.Number(parsed, "base-divisor", findings) ?? settings.BaseDivisor;
        if (divisor is >= 1 and <= double.MaxValue)
        {
            return settings with { BaseDivisor = divisor };
        }

        findings.Add(
            $"--base-divisor is {ExactNumber.Text(divisor)}; it must be a finite number of at least 1, for instance --base-divisor 3.");
        return settings;
    }

    private FindRequest Recorded(string from, RangeSuggestionSettings suggestion)
    {
        findings.AddRange(
            from name in FindFlags.OfTraining.Append("config").Concat(FindFlags.OfSweep.Select(flag => flag.Name))
            where name != "batch"
            let text = Text(name)
            where text is not null
            select (Finding)$"--{name} is '{text}', but --from reads a curve that was recorded, and trains nothing; leave --{name} out.");
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

        var keep = AveragedFlag.Read(flags.TextOf(parsed, AveragedFlag.Name), findings);
        RecordedCurves? recorded = null;
        try
        {
            recorded = RecordedCurves.Read(from, "--from");
            recorded = keep is { } factor ? recorded.Unaveraged(factor, $"--{AveragedFlag.Name}") : recorded;
        }
        catch (InvalidInputException exception)
        {
            findings.AddRange(exception.Findings);
        }

        var settings = new FindSettings { Suggestion = suggestion };
        findings.AddRange(FindSettingsValidator.FindingsIn(settings));
        return new FindRequest(settings, from, recorded, batch ?? recorded?.BatchSize);
    }

    private string? Text(string name) =>
        name == "config" ? flags.Training.FileOf(parsed)
        : FindFlags.OfTraining.Contains(name, StringComparer.Ordinal) ? flags.Training.TextOf(parsed, name)
        : flags.TextOf(parsed, name);

    private FindSettings Sweep(RangeSuggestionSettings suggestion)
    {
        var training = flags.Training.Read(parsed, findings, "momentum", "weight-decay");
        var (momenta, decays) = (Values("momentum", Momenta), Values("weight-decay", Decays));
        var usual = new FindSettings();
        var settings = usual with
        {
            Training = training with
            {
                Momentum = momenta.IsEmpty ? training.Momentum : momenta[0],
                WeightDecay = decays.IsEmpty ? training.WeightDecay : decays[0],
            },
            Momenta = momenta.Length > 1 ? momenta : [],
            WeightDecays = decays.Length > 1 ? decays : [],
            StartLr = flags.Number(parsed, "start-lr", findings),
            EndLr = flags.Number(parsed, "end-lr", findings),
            Spacing = Spacing(),
            Iterations = flags.Whole(parsed, "iterations", findings),
            Epochs = flags.Number(parsed, "epochs", findings),
            Repeats = flags.Whole(parsed, "repeats", findings) ?? usual.Repeats,
            DivergeThreshold = flags.Number(parsed, "diverge-threshold", findings) ?? usual.DivergeThreshold,
            AccuracyEvery = flags.Whole(parsed, "accuracy-every", findings),
            AccuracySamples = flags.Whole(parsed, "accuracy-samples", findings),
            Suggestion = suggestion,
        };
        findings.AddRange(FindSettingsValidator.FindingsIn(settings));
        return settings;
    }

    // A value that cannot be read has been reported.
    private ImmutableArray<Schedule> Values(string name, string example)
    {
        if (flags.Training.TextOf(parsed, name) is not { } text)
        {
            return [];
        }

        var values = ImmutableArray.CreateBuilder<Schedule>();
        foreach (var value in ValueList.Read("--" + name, text, example, findings))
        {
            try
            {
                values.Add(Schedule.Parse(value, "--" + name));
            }
            catch (InvalidInputException exception)
            {
                findings.AddRange(exception.Findings);
            }
        }

        return values.ToImmutable();
    }

    private RangeSpacing Spacing()
    {
        var text = Text("spacing");
        if (text is not (null or "exponential" or "linear"))
        {
            findings.Add($"--spacing is '{text}'; it must be exponential or linear.");
        }

        return text == "linear" ? RangeSpacing.Linear : RangeSpacing.Exponential;
    }
}
