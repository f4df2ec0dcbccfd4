using System.CommandLine;
using Rubato.Cli.Configuration;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Cli.Settings;
using Rubato.Runs.Records;
using Rubato.Torch;
using Rubato.Torch.Parallel;

namespace Rubato.Cli.Commands;

/// <summary><c>rubato train</c>: trains a network and keeps the run in a folder.</summary>
internal static class TrainCommand
{
    /// <summary>The command.</summary>
    /// <param name="environment">What it meets.</param>
    /// <returns>The command with its flags.</returns>
    internal static Command Create(CommandEnvironment environment)
    {
        var command = new Command("train");
        var flags = new SettingFlags(command, TrainSettingTable.All);
        var resume = new ResumeFlags(command, flags);
        var launch = new LaunchFlags(command);
        var quiet = new Option<bool>("--quiet") { Arity = ArgumentArity.Zero };
        command.Add(quiet);
        command.SetAction(parsed =>
        {
            var (settings, several) = Resolve(flags, resume, launch, environment.Process.Launch, parsed);
            return resume.FinishedRun(parsed, settings) is { } sentence ? SayFinished(sentence, environment)
                : several is not null ? environment.Launch(
                    several, LaunchFlags.Rest(parsed), environment.Verbose || parsed.GetValue<bool>("--verbose"), environment)
                : Train(settings, environment, parsed.GetValue(quiet));
        });
        return command;
    }

    private static (TrainSettings Settings, LaunchRequest? Several) Resolve(
        SettingFlags flags, ResumeFlags resume, LaunchFlags launch, Launch? launched, ParseResult parsed)
    {
        var findings = new List<Finding>();
        var settings = resume.Read(parsed, findings) ?? flags.Read(parsed, findings);
        findings.AddRange(TrainSettingsValidator.FindingsIn(settings));
        var several = launch.Read(parsed, launched, findings);
        return findings.Count == 0 ? (settings, several) : throw new InvalidInputException(findings);
    }

    private static int SayFinished(string sentence, CommandEnvironment environment)
    {
        environment.Output.Profile.Out.Writer.WriteLine(sentence);
        return ExitCodes.Done;
    }

    private static int Train(TrainSettings settings, CommandEnvironment environment, bool quiet)
    {
        var writer = environment.Output.Profile.Out.Writer;
        RunSummary Run(Listener listener) =>
            environment.Train(settings, listener, environment.Time, environment.Interruption.Token);

        var (folder, overfitting) = (new FolderListener(), new OverfittingWatch(UsualSettings.BestOf(settings) is not null));
        var seen = Listener.All(folder, overfitting);
        var summary = quiet ? Run(folder)
            : environment.IsTerminal ? LiveDisplay.Show(environment.Output, display => Run(Listener.All(seen, display)))
            : Run(Listener.All(seen, new PlainDisplay(writer)));
        writer.WriteLine(quiet ? TrainingText.SummaryLine(summary, folder.Path) : TrainingText.Summary(summary, folder.Path));
        if (BestText.NoneFor(settings, summary) is { } none)
        {
            environment.Error.WriteLine($"note: {none}");
        }

        if (overfitting.Note is { } note)
        {
            environment.Error.WriteLine($"note: {note}");
        }

        switch (summary.Status)
        {
            case RunStatus.Completed:
                return ExitCodes.Done;
            case RunStatus.Interrupted:
                return Interrupted(settings, summary, folder.Path, environment);
            case RunStatus.Diverged when summary.Updates == 0:
                environment.Error.WriteLine(
                    "error: the loss is not finite before any update; look for numbers that are not finite in the data, "
                    + $"or choose another network; run folder: {folder.Path}");
                return ExitCodes.Failed;
            case RunStatus.Diverged:
                environment.Error.WriteLine(
                    $"error: the loss became non-finite after {summary.Updates} updates; {Remedy(settings, summary)}; "
                    + $"run folder: {folder.Path}");
                return ExitCodes.Failed;
            case RunStatus.Failed when summary.RangeTest is { Reason: { } reason }:
                environment.Error.WriteLine(
                    $"error: the range test of --lr {settings.LearningRate} has no clear answer: {reason.TrimEnd('.')}; "
                    + $"or give the rate, for instance --lr usual; run folder: {folder.Path}");
                return ExitCodes.Failed;
            default:
                environment.Error.WriteLine($"error: the run failed; see {folder.Path}.");
                return ExitCodes.Failed;
        }
    }

    // A scheduler may start again what ended with 130 or 143: nothing is lost then.
    private static int Interrupted(TrainSettings settings, RunSummary summary, string folder, CommandEnvironment environment)
    {
        if (!environment.Process.Speaks)
        {
            // The first process has the checkpoint.
            return environment.Interruption.ExitCode;
        }

        var several = OneOfMany.IsWatched ? $" --processes {environment.Process.Peers.Size}" : "";
        var again = $"{environment.Command} train --resume {ShellWord.Quoted(folder)}{several}";
        if (summary.Checkpoint is null && summary.Updates > 0 && settings.SaveEvery != SaveInterval.Never)
        {
            environment.Error.WriteLine(
                $"error: interrupted, and no checkpoint could be written; free some room; an older one, if any, goes on with: {again}");
            return ExitCodes.Failed;
        }

        environment.Error.WriteLine(settings.SaveEvery == SaveInterval.Never
            ? $"interrupted; run folder is complete: {folder}"
            : $"interrupted; run folder is complete, and the run goes on with: {again}");
        return environment.Interruption.ExitCode;
    }

    private static string Remedy(TrainSettings settings, RunSummary summary)
    {
        var peak = TrainingText.Number(summary.PeakLearningRate);
        return settings.LearningRate switch
        {
            AutoWarmupRate or PlateauRate => $"add --guard on, or hold the rate of --lr below {peak}, its peak so far",
            PolyakRate { Multiple: var multiple, Shape: var shape } =>
                $"halve the multiple, --lr \"{new PolyakRate(multiple / 2, shape)}\", or write --lr auto; the peak is {peak} so far",
            RangeTestedRate => $"add --guard on, or write the schedule into --lr, with a peak below {peak}",
            _ => $"lower --lr, whose peak is {peak} so far, or let it rise more slowly",
        };
    }
}
