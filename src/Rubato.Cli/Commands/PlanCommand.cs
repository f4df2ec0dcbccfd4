using System.CommandLine;
using Rubato.Cli.Configuration;
using Rubato.Cli.Display;
using Rubato.Runs.Charts;
using Rubato.Training;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato plan</c>: draws the schedules of plans, counts their updates, and writes them to files.</summary>
internal static class PlanCommand
{
    private static readonly string[] Settings =
        ["lr", "warmup", "batch", "momentum", "weight-decay", "length", "epochs", "tail", "groups", "data", "label", "held-out", "train-samples"];

    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var plans = new Argument<string[]>("PLAN") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("plan") { plans };
        var flags = new SettingFlags(command, TrainSettingTable.All.Where(setting => Settings.Contains(setting.Name, StringComparer.Ordinal)));
        var dataSize = Text(command, "--data-size", "50000");
        var log = new Option<bool>("--log") { Arity = ArgumentArity.Zero };
        command.Add(log);
        var svg = Text(command, "--svg", "plan.svg");
        var csv = Text(command, "--csv", "plan.csv");
        var json = Text(command, "--json", "plan.json");
        var every = Text(command, "--every", "100");
        command.SetAction(parsed =>
        {
            var findings = new List<string>();
            var files = new PlanFiles(parsed.GetValue(svg), parsed.GetValue(csv), parsed.GetValue(json));
            var named = new PlanWords(parsed, flags, parsed.GetValue(plans) ?? [], parsed.GetValue(dataSize), findings).Read();
            files.Check(named.Count, findings);
            var kept = files.Every(parsed.GetValue(every), findings);
            return findings.Count == 0
                ? Draw(named, parsed.GetValue(log), files, kept, environment)
                : throw new InvalidInputException([.. findings.Distinct(StringComparer.Ordinal)]);
        });
        return command;
    }

    private static Option<string> Text(Command command, string name, string example)
    {
        var option = new Option<string>(name) { Arity = ArgumentArity.ExactlyOne, HelpName = example };
        command.Add(option);
        return option;
    }

    private static int Draw(IReadOnlyList<WrittenPlan> written, bool log, PlanFiles files, long every, CommandEnvironment environment)
    {
        var cancellation = environment.Interruption.Token;
        try
        {
            List<NamedPlan> plans = [.. written.Select(plan => new NamedPlan(plan.Name, PlanSurvey.Of(plan.Plan, cancellation)))];
            var figure = PlanFigure.Of(plans, log ? true : null);
            TerminalChart.Write(environment.Output, ChartFigure.Of(figure), environment.IsTerminal);
            var writer = environment.Output.Profile.Out.Writer;
            writer.WriteLine();
            writer.Write(plans.Count == 1
                ? PlanReport.Of(plans[0].Survey)
                : PlanReport.Comparison(plans, [.. figure.Plans.Select(TerminalChart.Mark)]));
            if (written.Any(plan => plan.IsOfShares))
            {
                writer.WriteLine("note: the learning rate of auto is a share of the rate that is found when training begins, over what finding it leaves of the budget.");
            }

            if (written.Any(plan => plan.IsOfRange))
            {
                writer.WriteLine("note: the learning rate is a share of the maximum that a range test finds when training begins; its base is drawn as a quarter of it.");
            }

            foreach (var file in files.Write(written[0].Plan, figure, every, cancellation))
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
}
