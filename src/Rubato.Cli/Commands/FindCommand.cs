using System.CommandLine;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Cli.Settings;
using Rubato.RangeTests;
using Rubato.Runs.RangeTests;
using Rubato.Torch;
using Spectre.Console;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato find</c>: finds the learning rates between which a network trains, by a range test.</summary>
internal static class FindCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var command = new Command("find");
        var flags = new FindFlags(command);
        command.SetAction(parsed =>
        {
            var findings = new List<Finding>();
            var request = new FindWords(parsed, flags, findings).Read();
            var files = new FindFiles(flags.TextOf(parsed, "svg"), flags.TextOf(parsed, "csv"), flags.TextOf(parsed, "json"));
            files.Check(request.From, findings, flags.Training.FilesOf(parsed));
            if (findings.Count > 0)
            {
                throw new InvalidInputException([.. findings.Distinct()]);
            }

            foreach (var note in RecordedNotes.On(request.Recorded, flags.TextOf(parsed, AveragedFlag.Name) is not null))
            {
                environment.Error.WriteLine($"note: {note}");
            }

            var isQuiet = flags.IsQuiet(parsed);
            var made = request.Recorded is { } recorded ? Read(request, recorded) : Measure(request.Settings, environment, isQuiet);
            if (made is not { } report)
            {
                environment.Error.WriteLine("interrupted before the first update; nothing was measured");
                return environment.Interruption.ExitCode;
            }

            if (!isQuiet)
            {
                Show(report, parsed, flags, request.Settings.Training.Name, environment);
            }

            return End(report, files, isQuiet, environment);
        });
        return command;
    }

    private static RangeTestReport Read(FindRequest request, RecordedCurves recorded)
    {
        var how = request.Settings.Suggestion with { BatchSize = request.BatchSize };
        return new RangeTestReport
        {
            Variants =
            [
                new MeasuredVariant(
                    null, null, [.. recorded.Runs.Select(curve => Smoothed(curve, how))], RangeSuggestion.Of(recorded.Runs, how)),
            ],
            Source = request.From,
            BaseDivisor = how.BaseDivisor,
            BatchSize = request.BatchSize,
        };
    }

    private static RangeTestReport? Measure(FindSettings settings, CommandEnvironment environment, bool isQuiet)
    {
        MeasuredRange Run(Listener listener) =>
            environment.Find(settings, listener, environment.Time, environment.Interruption.Token);
        var (outcome, resolved) = isQuiet ? Run(Listener.None)
            : environment.IsTerminal ? LiveFind.Show(environment.Output, Run)
            : Run(new PlainFind(environment.Output.Profile.Out.Writer, environment.Time));
        return outcome.Variants.IsEmpty ? null : new RangeTestReport
        {
            Variants =
            [
                .. outcome.Variants.Select(variant => new MeasuredVariant(
                    variant.Momentum?.ToString(),
                    $"{variant.WeightDecay}",
                    [.. variant.Runs.Select(curve => Smoothed(curve, settings.Suggestion))],
                    variant.Suggestion)),
            ],
            Test = outcome.Test,
            Settings = [.. FindFlags.Settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Print(resolved)))],
            BaseDivisor = settings.Suggestion.BaseDivisor,
            BatchSize = outcome.BatchSize,
            TrainSamples = outcome.TrainSamples,
            HeldOutSamples = outcome.HeldOutSamples,
            Samples = outcome.Samples,
            Seconds = outcome.Seconds,
            IsInterrupted = outcome.IsInterrupted,
        };
    }

    private static MeasuredRun Smoothed(RangeCurve curve, RangeSuggestionSettings how) =>
        MeasuredRun.Of(curve, how.Smoothing ?? new GaussianProcessSmoothing());

    private static void Show(RangeTestReport report, ParseResult parsed, FindFlags flags, string? name, CommandEnvironment environment)
    {
        var (output, writer) = (environment.Output, environment.Output.Profile.Out.Writer);
        if (RangeFigure.Of(report) is { } figure)
        {
            writer.WriteLine();
            TerminalChart.Write(output, FindChart.Of(figure, report), environment.IsTerminal);
            writer.WriteLine();
        }

        writer.Write(FindReport.Of(report));
        if (report.Best is not { Suggestion.Range: { } range } best)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(FindText.Answer(report));
        foreach (var rate in Rates(range, RangeRule.Find(best.Suggestion.Rule)?.Kind))
        {
            // The name in the configuration of a run is that of a folder that exists.
            var runName = name is null ? null : $"{name}-{WordOf(rate)}";
            writer.WriteLine(TrainLine.Of(environment.Command, parsed, flags, best.Momentum, best.WeightDecay, rate, runName));
        }
    }

    private static string WordOf(string rate) => rate.Split('(') is [var word, _, ..] ? word : "held";

    // A rate to be held begins with what holds it longest. Half of the usual run is a step, so that it stops at the end of its cycle.
    private static IEnumerable<string> Rates(RateRange range, RangeRuleKind? kind)
    {
        var (low, high) = (RateText.Of(range.BaseLr), RateText.Of(range.MaxLr));
        string[] cycles = [$"one-cycle({high})", $"triangular2({low}..{high}, step 2.5ep)"];
        return kind == RangeRuleKind.Constant ? cycles.Prepend(high) : cycles;
    }

    private static int End(RangeTestReport report, FindFiles files, bool isQuiet, CommandEnvironment environment)
    {
        var writer = environment.Output.Profile.Out.Writer;
        var hasAnswer = report.Best.Suggestion.Range is not null;
        if (isQuiet && hasAnswer)
        {
            writer.WriteLine(FindText.Answer(report));
        }

        foreach (var file in environment.Process.Speaks ? files.Write(report) : [])
        {
            if (!isQuiet)
            {
                writer.WriteLine($"written: {file}");
            }
        }

        if (!isQuiet && files.Missing(report) is { } missing)
        {
            writer.WriteLine($"not written: {missing}, as no loss is finite");
        }

        if (report.IsInterrupted)
        {
            var last = RateText.Of(report.Variants.SelectMany(variant => variant.Runs).Max(run => run.Curve.Points[^1].LearningRate));
            environment.Error.WriteLine(hasAnswer
                ? $"interrupted; the answer is that of the rates up to {last}"
                : $"interrupted; the rates up to {last} have no clear answer");
            return environment.Interruption.ExitCode;
        }

        if (!hasAnswer)
        {
            environment.Error.WriteLine($"error: {FindText.Answer(report)}");
            return ExitCodes.Failed;
        }

        return ExitCodes.Done;
    }
}
