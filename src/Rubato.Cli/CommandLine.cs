using System.CommandLine;
using System.CommandLine.Help;
using Rubato.Cli.Commands;
using Rubato.Cli.Configuration;
using Rubato.Cli.Console;
using Rubato.Cli.Help;
using Rubato.Torch.Parallel;

namespace Rubato.Cli;

/// <summary>The command <c>rubato</c>: from arguments to an exit code. Whatever goes wrong is reported here and nowhere else.</summary>
internal static class CommandLine
{
    private static readonly string[] Training = ["train", "find", "verify"];
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs a command.</summary>
    /// <param name="args">What stands after <c>rubato</c>.</param>
    /// <param name="environment">What the command meets.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, CommandEnvironment environment)
    {
        var verbose = new Option<bool>("--verbose") { Recursive = true, Arity = ArgumentArity.Zero };
        var parsed = Root(environment, verbose).Parse(args, Parsing);
        try
        {
            // What does not train is done once, and so are its files.
            if (!environment.Process.Speaks && !Array.Exists(Training, name => name == parsed.CommandResult.Command.Name))
            {
                return ExitCodes.Done;
            }

            if (parsed.Action is not HelpPageAction and not VersionAction && Complaints.About(parsed) is { Count: > 0 } complaints)
            {
                throw new InvalidInputException([.. complaints.Select(Finding.FromString)]);
            }

            foreach (var note in ColonNotes.On(parsed))
            {
                environment.Error.WriteLine($"note: {note}");
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InvalidInputException e)
        {
            // The others have the same to say.
            if (!environment.Process.Speaks)
            {
                return ExitCodes.InvalidInput;
            }

            Report(environment, e.Findings.Select(finding => FindingText.Of(finding, parsed.CommandResult.Command)));
            if (parsed.CommandResult.Command.Name == "plan" && parsed.Tokens.Count == 1)
            {
                environment.Error.Write($"\n{ShortPages.Plan}");
            }

            return ExitCodes.InvalidInput;
        }
        catch (OperationCanceledException) when (environment.Interruption.Token.IsCancellationRequested)
        {
            if (environment.Process.Speaks)
            {
                Report(environment, ["interrupted before the work began."]);
            }

            return environment.Interruption.ExitCode;
        }
        catch (PeersException e)
        {
            if (e.IsSaidHere)
            {
                Report(environment, [$"{e.Message}."], isOwn: true);
            }

            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            var details = environment.Verbose || parsed.GetValue(verbose);
            Report(environment, [$"{environment.Process.Prefix}{(details ? e.ToString() : Failure.Sentence(e))}"], isOwn: true);
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Root(CommandEnvironment environment, Option<bool> verbose)
    {
        var data = DataCommand.Create(environment);
        var root = new RootCommand
        {
            verbose,
            TrainCommand.Create(environment),
            FindCommand.Create(environment),
            PlanCommand.Create(environment),
            VerifyCommand.Create(environment),
            ReplayCommand.Create(environment),
            NoiseCommand.Create(environment),
            RatesCommand.Create(environment),
            data,
        };
        var pages = new HelpPageAction(environment.Output.Profile.Out.Writer, verbose);
        foreach (var option in root.Options)
        {
            option.Action = option switch
            {
                HelpOption => pages,
                VersionOption => new VersionAction(environment.Output.Profile.Out.Writer),
                _ => option.Action,
            };
        }

        // Not the page's own action: that one would outrank complaints about what else stands there.
        root.SetAction(pages.Invoke);
        data.SetAction(pages.Invoke);
        return root;
    }

    // What only this process knows it says even where the first one speaks for all.
    private static void Report(CommandEnvironment environment, IEnumerable<string> sentences, bool isOwn = false)
    {
        var writer = isOwn && !environment.Process.Speaks ? System.Console.Error : environment.Error;
        foreach (var sentence in sentences)
        {
            writer.WriteLine($"error: {FindingText.WithCommand(sentence, environment.Command)}");
        }
    }
}
