using System.CommandLine;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Control;
using Rubato.RangeTests;
using Rubato.Runs.Plans;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato replay</c>: what a controller would have decided on given losses.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var command = new Command("replay");
        var losses = command.AddText("--losses", "losses.txt");
        var column = command.AddText("--column", "loss");
        var averaged = command.AddText($"--{AveragedFlag.Name}", AveragedFlag.Example);
        var stepsPerEpoch = command.AddText("--steps-per-epoch", "390");
        var epochs = command.AddText("--epochs", "120");
        var controller = command.AddText("--controller", "plateau");
        var preset = command.AddText("--preset", "paper");
        var cooldown = command.AddText("--cooldown", "half-cosine");
        var csv = command.AddText("--csv", "decisions.csv");
        command.SetAction(parsed =>
        {
            var findings = new List<Finding>();
            var to = parsed.GetValue(csv);
            new PlanFiles(Svg: null, to, Json: null).Check(1, findings);
            var words = new ReplayWords(parsed.GetValue(controller), parsed.GetValue(preset), parsed.GetValue(cooldown));
            var choice = words.Read(findings);
            var perEpoch = ReplayWords.Count("--steps-per-epoch", parsed.GetValue(stepsPerEpoch), "390", findings);
            var length = ReplayWords.Count("--epochs", parsed.GetValue(epochs), "120", findings);
            var read = Read(parsed.GetValue(losses), parsed.GetValue(column), to, findings);
            var keep = AveragedFlag.Read(parsed.GetValue(averaged), findings);
            if (findings.Count > 0 || choice is null || read is null)
            {
                throw new InvalidInputException(findings);
            }

            if (keep is { } factor)
            {
                read = read with { Losses = AveragedLosses.Undo(read.Losses, factor) };
            }
            else if (AveragedFlag.NoteOn(read.Losses) is { } note)
            {
                environment.Error.WriteLine($"note: {note}");
            }

            if (perEpoch is { } updates)
            {
                read = read with { BatchSize = 1, SamplesPerEpoch = updates };
            }
            else if (length is { } whole)
            {
                read = read with { SamplesPerEpoch = read.SamplesPerEpoch ?? ((read.Losses.Count - 1) / whole) + 1 };
            }

            if (read.SamplesPerEpoch is null && ReplayWords.CountsEpochs(choice))
            {
                throw new InvalidInputException(
                    $"{words.Asked} counts epochs, but no epoch is known; add --steps-per-epoch N or --epochs N.");
            }

            Show(choice, read, length, to, environment);
            return ExitCodes.Done;
        });
        return command;
    }

    private static RecordedLosses? Read(string? from, string? column, string? csv, List<Finding> findings)
    {
        if (from is null)
        {
            findings.Add("'rubato replay' needs --losses; 'rubato replay --help' has an example.");
            return null;
        }

        if (csv is not null && Path.GetFullPath(from + ".") == Path.GetFullPath(csv + "."))
        {
            findings.Add($"--losses and --csv name the same file, '{csv}'; name another one for --csv.");
        }

        return new ReplayLosses(from, column, findings).Read();
    }

    private static void Show(Rate choice, RecordedLosses read, int? epochs, string? csv, CommandEnvironment environment)
    {
        var plan = new TrainingPlan(new PlanSettings
        {
            Length = epochs is { } count ? Duration.Epochs(count) : Duration.Batches(read.Losses.Count),
            SamplesPerEpoch = read.SamplesPerEpoch,
            LearningRate = choice.PlanRate(Duration.Rest, epochs: null),
            BatchSize = read.BatchSize,
        });
        var replay = Replay.From(ControllerOver(plan, choice), read.Losses, environment.Interruption.Token);
        var rows = ReplayedDecisions.From(replay);
        TerminalChart.Write(environment.Output, ReplayChart.Of(rows, read.Losses), environment.IsTerminal);
        var writer = environment.Output.Profile.Out.Writer;
        writer.WriteLine();
        if (NoteOf(plan, replay, read.Losses.Count) is { } note)
        {
            environment.Error.WriteLine($"note: {note}");
        }

        foreach (var line in ReplayText.Of(replay, read.Losses.Count))
        {
            writer.WriteLine(line);
        }

        if (csv is not null)
        {
            DecisionCsv.Write(csv, rows);
            writer.WriteLine($"written: {csv}");
        }
    }

    // A controller that has decided goes on to the end of its plan, whatever losses there are.
    private static string? NoteOf(TrainingPlan plan, Replay replay, int losses) =>
        replay.Updates.Length < losses && plan.Settings.Length.Unit == TimeUnit.Epochs
            ? $"{losses - replay.Updates.Length:N0} of the {losses:N0} losses come after the {replay.Updates.Length:N0} updates of "
                + $"{plan.Settings.Length.Value:N0} {(plan.Settings.Length.Value == 1 ? "epoch" : "epochs")}, and are left out; "
                + "give other --epochs or --steps-per-epoch if they belong to the run."
            : null;

    private static Controller ControllerOver(TrainingPlan plan, Rate choice)
    {
        try
        {
            return choice.Over(plan);
        }
        catch (InvalidInputException exception)
        {
            throw new InvalidInputException([.. exception.Findings.Select(finding => finding.Under("controller", $"{choice}"))], exception);
        }
    }
}
