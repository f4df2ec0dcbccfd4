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
    private static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    // What processes do together.
    private static readonly string[] Training = ["train", "find", "verify"];

    /// <summary>Runs a command.</summary>
    /// <param name="args">What stands after <c>rubato</c>.</param>
    /// <param name="environment">What the command meets.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    internal static int Run(IReadOnlyList<string> args, CommandEnvironment environment) => environment.Process.End(Do(args, environment));

    private static int Do(IReadOnlyList<string> args, CommandEnvironment environment)
    {
        var process = environment.Process;
        var verbose = new Option<bool>("--verbose") { Recursive = true, Arity = ArgumentArity.Zero };
        var parsed = Root(environment, verbose).Parse(args, Parsing);
        try
        {
            // What does not train is done once.
            if (!process.IsFirst && !Array.Exists(Training, name => name == parsed.CommandResult.Command.Name))
            {
                return ExitCodes.Done;
            }

            if (parsed.Action is not HelpPageAction and not VersionAction && Complaints.About(parsed) is { Count: > 0 } complaints)
            {
                process.SayForAll(complaints.Select(complaint => Called(complaint, environment)), environment.Error);
                return EndWithInvalidInput(parsed, environment);
            }

            foreach (var note in ColonNotes.On(parsed))
            {
                environment.Error.WriteLine($"note: {note}");
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (InvalidInputException e)
        {
            var sentences = e.Findings.Select(finding => Called(FindingText.Of(finding, parsed.CommandResult.Command), environment));
            if (process.HasJoined)
            {
                process.SayForAll(sentences, environment.Error);
            }
            else
            {
                process.Say(sentences, environment.Error);
            }

            return EndWithInvalidInput(parsed, environment);
        }
        catch (PeersException e)
        {
            process.Say(e, environment.Error);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (environment.Interruption.Token.IsCancellationRequested)
        {
            process.SayForAll(["interrupted before the work began."], environment.Error);
            return environment.Interruption.ExitCode;
        }
        catch (Exception e)
        {
            var details = environment.Verbose || parsed.GetValue(verbose);
            process.Say([Called(details ? e.ToString() : Failure.Sentence(e), environment)], environment.Error);
            process.Fail();
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

    private static int EndWithInvalidInput(ParseResult parsed, CommandEnvironment environment)
    {
        if (parsed.CommandResult.Command.Name == "plan" && parsed.Tokens.Count == 1)
        {
            environment.Error.Write($"\n{ShortPages.Plan}");
        }

        return ExitCodes.InvalidInput;
    }

    private static string Called(string sentence, CommandEnvironment environment) => FindingText.WithCommand(sentence, environment.Command);
}
