using System.CommandLine;
using Rubato.Cli.Catalog;
using Rubato.Cli.Configuration;
using Rubato.Cli.Console;
using Rubato.Cli.Display;
using Rubato.Cli.Launching;
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
            // A file may be there for one process and not for another.
            var (settings, request, finished) = environment.Process.Agree(() => Resolve(flags, resume, launch, environment.Process, parsed));
            return finished is not null ? SayFinished(finished, environment)
                : request is { IsLaunch: true } ? environment.Launch(environment, LaunchOf(settings, request, launch.Without(parsed), parsed))
                : Train(settings, environment, parsed.GetValue(quiet));
        });
        return command;
    }

    private static (TrainSettings Settings, LaunchRequest? Request, string? Finished) Resolve(
        SettingFlags flags, ResumeFlags resume, LaunchFlags launch, OwnProcess process, ParseResult parsed)
    {
        var findings = new List<Finding>();
        var settings = resume.Read(parsed, findings) ?? flags.Read(parsed, findings);
        findings.AddRange(TrainSettingsValidator.FindingsIn(settings));
        var request = launch.Read(parsed, process.HasOthers, findings);
        return findings.Count == 0
            ? (settings, request, resume.FinishedRun(parsed, settings))
            : throw new InvalidInputException(findings);
    }

    private static CommandLaunch LaunchOf(
        TrainSettings settings, LaunchRequest request, IReadOnlyList<string> words, ParseResult parsed)
    {
        // Each process would take all cores of its host.
        var cores = Math.Max(1, Environment.ProcessorCount / request.MostOnAHost);
        var threads = ThreadRule.Choose(NetworkCatalog.Parse(settings.Network).IsConvolutional, cores);
        string[] arguments = settings.Threads is null ? [.. words, "--threads", $"{threads}"] : [.. words];
        return new CommandLaunch(request, [.. arguments], settings.Resume?.Folder, parsed.GetValue<bool>("--verbose"));
    }

    private static int SayFinished(string sentence, CommandEnvironment environment)
    {
        environment.Output.Profile.Out.Writer.WriteLine(sentence);
        return ExitCodes.Done;
    }

    private static int Train(TrainSettings settings, CommandEnvironment environment, bool quiet)
    {
        var writer = environment.Output.Profile.Out.Writer;
        var folder = new FolderListener(environment.Process.TellFolder);
        RunSummary Run(Listener listener)
        {
            try
            {
                return environment.Train(settings, listener, environment.Time, environment.Interruption.Token);
            }
            catch (PeersException exception) when (folder.Path.Length > 0 && settings.SaveEvery != SaveInterval.Never)
            {
                throw new PeersException($"{exception.Message}; the run goes on with: {Again(folder.Path, environment)}", exception)
                {
                    IsSaidHere = exception.IsSaidHere,
                };
            }
        }

        var overfitting = new OverfittingWatch(UsualSettings.BestOf(settings) is not null);
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
        var again = Again(folder, environment);
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

    private static string Again(string folder, CommandEnvironment environment) =>
        $"{environment.Command} train --resume {TrainLine.Quoted(folder)}{environment.Process.Flags}";

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
