using System.CommandLine;
using Rubato.Cli.Configuration;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Cli.Settings;
using Rubato.Runs.Charts;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato plan</c>: draws the schedules of plans, counts their updates, and writes them to files.</summary>
internal static class PlanCommand
{
    private static readonly string[] Settings =
    [
        "lr", "warmup", "batch", "momentum", "weight-decay", "length", "epochs", "tail", "groups", "rewrite", "micro-batch",
        "data", "label", "held-out", "train-samples", "validation",
    ];

    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var plans = new Argument<string[]>("PLAN") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("plan") { plans };
        var flags = new SettingFlags(
            command, TrainSettingTable.All.Where(setting => Settings.Contains(setting.Name, StringComparer.Ordinal)));
        var dataSize = command.AddText("--data-size", "50000");
        var log = new Option<bool>("--log") { Arity = ArgumentArity.Zero };
        command.Add(log);
        var noiseScale = command.AddText("--noise-scale", "small-batch");
        var svg = command.AddText("--svg", "plan.svg");
        var csv = command.AddText("--csv", "plan.csv");
        var json = command.AddText("--json", "plan.json");
        var every = command.AddText("--every", "100");
        command.SetAction(parsed =>
        {
            var findings = new List<Finding>();
            var files = new PlanFiles(parsed.GetValue(svg), parsed.GetValue(csv), parsed.GetValue(json));
            var words = new PlanWords(parsed, flags, parsed.GetValue(plans) ?? [], parsed.GetValue(dataSize), findings);
            var request = words.Read(parsed.GetValue(noiseScale));
            files.Check(request.Plans.Length, findings, flags.FilesOf(parsed));
            var kept = files.Every(parsed.GetValue(every), findings);
            return findings.Count == 0
                ? Draw(request, parsed.GetValue(log), files, kept, environment)
                : throw new InvalidInputException([.. findings.Distinct()]);
        });
        return command;
    }

    private static int Draw(PlanRequest request, bool log, PlanFiles files, long every, CommandEnvironment environment)
    {
        var cancellation = environment.Interruption.Token;
        try
        {
            List<NamedPlan> plans =
            [
                .. from plan in request.Drawn
                   select new NamedPlan(plan.Name, PlanSurvey.Of(plan.Plan, request.Noise, plan.Exponential, cancellation)),
            ];
            var figure = PlanFigure.Of(plans, log ? true : null);
            TerminalChart.Write(environment.Output, ChartFigure.Of(figure), environment.IsTerminal);
            var writer = environment.Output.Profile.Out.Writer;
            char[] marks = [.. figure.Plans.Select(TerminalChart.Mark)];
            writer.WriteLine();
            writer.Write(plans.Count == 1 ? PlanReport.Of(plans[0].Survey) : PlanReport.Comparison(plans, marks));
            foreach (var (index, plan) in request.Drawn.Index())
            {
                foreach (var note in plan.Notes)
                {
                    writer.WriteLine($"{(plans.Count == 1 ? "note" : $"note on plan {marks[index]}")}: {note}");
                }
            }

            foreach (var note in Notes(request, files))
            {
                writer.WriteLine($"note: {note}");
            }

            foreach (var file in files.Write(request.Kept, figure, every, request.Noise, cancellation))
            {
                writer.WriteLine($"written: {file}");
            }

            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            environment.Error.WriteLine("interrupted; the file in progress was not written");
            return environment.Interruption.ExitCode;
        }
    }

    // Parentheses end a word of a shell.
    private static string Quoted(string text) => text.Contains('(', StringComparison.Ordinal) ? $"\"{text}\"" : text;

    private static IEnumerable<string> Notes(PlanRequest request, PlanFiles files)
    {
        var (isOfShares, isOfRange) = (request.Plans.Any(plan => plan.IsOfShares), request.Plans.Any(plan => plan.IsOfRange));
        if (isOfShares)
        {
            yield return "the learning rate of auto is a share of the rate that is found when training begins, "
                + "over what finding it leaves of the budget.";
        }

        if (isOfRange)
        {
            yield return "the learning rate is a share of the maximum that a range test finds when training begins; "
                + "its base is drawn as a quarter of it.";
        }

        var isOfPolyak = request.Plans.Any(plan => plan.IsOfPolyak);
        if (isOfPolyak)
        {
            yield return "the learning rate of polyak is a share of the rate that follows from loss and gradient while training goes on.";
        }

        if (request.Noise is not null && (isOfShares || isOfRange || isOfPolyak))
        {
            yield return "the noise scale is counted in the same shares.";
        }

        foreach (var note in request.Notes)
        {
            yield return note;
        }

        if (files.Json is { } json && request.Kept.Exponential is { } exponential)
        {
            yield return $"{json} holds the plan with weight decay, since growing rates leave every range; "
                + $"read it with --rewrite {Quoted($"{exponential}")}.";
        }
    }
}
